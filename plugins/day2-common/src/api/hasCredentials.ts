const USER_PART =
  /^\s*(?:(?<web>https?):[/\\]*|(?<scheme>[a-z][a-z0-9+.-]{0,20}):\/\/)(?<user>[^/\\?#]*)@/i;

/**
 * Whether an address has a user part that may be a secret, as in
 * `https://user:password@host` or `https://token@host`. An account name alone,
 * as ssh has it (`ssh://git@host`), is none.
 *
 * @public
 */
export function hasCredentials(address: string): boolean {
  const { web, scheme, user } = USER_PART.exec(address)?.groups ?? {};
  if (user === undefined) {
    return false;
  }
  return (
    web !== undefined || !/^(git\+)?ssh$/i.test(scheme) || user.includes(':')
  );
}

/**
 * What is said of an address that has credentials.
 *
 * @public
 */
export const CREDENTIALS_REFUSED =
  'has a user part (as in https://user:password@host), which would be stored and shown; leave it out';
