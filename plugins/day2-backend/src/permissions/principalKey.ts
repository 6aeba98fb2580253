import type {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';

/**
 * Who calls, as a key: same key, same rights. The access restrictions of a
 * token are part of it, as two tokens may share a subject.
 */
export function principalKey(credentials: BackstageCredentials): string {
  const principal = credentials.principal as
    | BackstageUserPrincipal
    | BackstageServicePrincipal;
  return principal.type === 'user'
    ? `user:${principal.userEntityRef}`
    : `service:${principal.subject}:${JSON.stringify(
        principal.accessRestrictions ?? {},
      )}`;
}
