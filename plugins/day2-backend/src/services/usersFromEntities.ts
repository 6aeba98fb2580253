import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';

/** Catalog users with the address that their commits may bear. */
export function usersFromEntities(
  entities: Entity[],
): { userRef: string; email: string }[] {
  return entities.flatMap(entity => {
    const profile = entity.spec?.profile as { email?: unknown } | undefined;
    const email = profile?.email;
    return typeof email === 'string' && email.includes('@')
      ? [{ userRef: stringifyEntityRef(entity), email: email.toLowerCase() }]
      : [];
  });
}
