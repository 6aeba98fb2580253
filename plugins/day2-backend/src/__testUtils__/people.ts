import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type Permission,
} from '@backstage/plugin-permission-common';

/** Who calls in the tests of routes, as the header that says so. */
export const people = {
  none: mockCredentials.none.header(),
  /** Of the team that owns payments-api; sees what is theirs. */
  owner: mockCredentials.user.header('user:default/ana'),
  /** Of another team; sees what is theirs. */
  other: mockCredentials.user.header('user:default/bo'),
  /** Of that other team too, and may read no source. */
  unaware: mockCredentials.user.header('user:default/kim'),
  /** Sees everything, owns nothing, manages sources. */
  platform: mockCredentials.user.header('user:default/dana'),
  /** May nothing at all. */
  nobody: mockCredentials.user.header('user:default/nix'),
  service: mockCredentials.service.header(),
};

const teams: Record<string, string> = {
  'user:default/ana': 'group:default/payments',
  'user:default/bo': 'group:default/storefront',
  'user:default/kim': 'group:default/storefront',
  'user:default/dana': 'group:default/platform',
};

export function component(
  name: string,
  owner: string,
  annotations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations, etag: name },
    spec: { type: 'service', owner },
    relations: [{ type: 'ownedBy', targetRef: `group:default/${owner}` }],
  };
}

function userOf(credentials: BackstageCredentials): string | undefined {
  return (credentials.principal as { userEntityRef?: string }).userEntityRef;
}

function seesAll(user: string | undefined): boolean {
  return user === undefined || user === 'user:default/dana';
}

/** Conditional for teams, allow for platform, deny for strangers, as a portal's policy would be. */
export function permissionsOfPeople() {
  const decide = (
    permission: Permission,
    credentials: BackstageCredentials,
  ): AuthorizeResult => {
    const user = userOf(credentials);
    if (user === undefined) {
      return AuthorizeResult.ALLOW;
    }
    if (!(user in teams)) {
      return AuthorizeResult.DENY;
    }
    if (permission.name === 'day2.source.manage') {
      return seesAll(user) ? AuthorizeResult.ALLOW : AuthorizeResult.DENY;
    }
    return user === 'user:default/kim' && permission.name === 'day2.source.read'
      ? AuthorizeResult.DENY
      : AuthorizeResult.ALLOW;
  };
  return mockServices.permissions.mock({
    authorize: async (requests, options) =>
      requests.map(({ permission }) => ({
        result: decide(permission, (options as any).credentials) as any,
      })),
    authorizeConditional: async (requests, options) =>
      requests.map(({ permission }) => {
        const { credentials } = options as any;
        const result = decide(permission, credentials);
        return result === AuthorizeResult.ALLOW && !seesAll(userOf(credentials))
          ? ({ result: AuthorizeResult.CONDITIONAL } as any)
          : { result };
      }),
  }).factory;
}

export function userInfoOfPeople() {
  return mockServices.userInfo.mock({
    getUserInfo: async credentials => {
      const user = userOf(credentials) ?? '';
      return {
        userEntityRef: user,
        ownershipEntityRefs: [user, teams[user]].filter(Boolean),
      };
    },
  }).factory;
}

/** A catalog that shows each team its own components only. */
export function catalogOfPeople(entities: () => Entity[]) {
  const seen = (credentials: BackstageCredentials) => {
    const user = userOf(credentials);
    return catalogServiceMock({
      entities: entities().filter(
        entity =>
          seesAll(user) ||
          entity.relations?.some(
            relation => relation.targetRef === teams[user ?? ''],
          ),
      ),
    }) as CatalogService;
  };
  return catalogServiceMock.mock({
    getEntityByRef: async (ref, options) =>
      seen((options as any).credentials).getEntityByRef(ref, options as any),
    getEntitiesByRefs: async (request, options) =>
      seen((options as any).credentials).getEntitiesByRefs(
        request,
        options as any,
      ),
    streamEntities: (request, options) =>
      seen((options as any).credentials).streamEntities(
        request,
        options as any,
      ),
  }).factory;
}
