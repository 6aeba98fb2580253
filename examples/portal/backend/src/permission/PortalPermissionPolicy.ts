import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isResourcePermission,
  PolicyDecision,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { day2SourceManagePermission } from '@day2/backstage-plugin-day2-common';

const ENGINEERING = 'group:default/engineering';
const PLATFORM = 'group:default/platform';
const AUDIT = 'group:default/audit';

/** Entities with this tag are shown to their owners and to `SEES_ALL` only. */
const RESTRICTED_TAG = 'restricted';

// Direct members: a team's people are not members of the parent group.
const SEES_ALL = [ENGINEERING, PLATFORM, AUDIT];

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * Who may do what in the example portal.
 *
 * | who | may |
 * |---|---|
 * | nobody signed in | nothing |
 * | everyone signed in | read and write, but not what the rows below keep |
 * | `audit` | read everything, write nothing |
 * | `platform` | read everything, manage the sources of Day 2 |
 * | direct members of `engineering` | read everything |
 * | everyone else | entities tagged `restricted` only as their owner |
 *
 * A policy can only narrow what Day 2 allows: that a deployment is recorded by
 * an owner of its service the hub enforces itself. Service tokens never come
 * here; `accessRestrictions` limit those.
 */
export class PortalPermissionPolicy implements PermissionPolicy {
  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return DENY;
    }
    const { permission } = request;
    const claims = user.info.ownershipEntityRefs;

    if (permission.attributes.action !== 'read' && claims.includes(AUDIT)) {
      return DENY;
    }
    if (permission.name === day2SourceManagePermission.name) {
      return claims.includes(PLATFORM) ? ALLOW : DENY;
    }
    if (isResourcePermission(permission, RESOURCE_TYPE_CATALOG_ENTITY)) {
      return decideOnEntities(permission, claims);
    }
    return ALLOW;
  }
}

/** Reading, refreshing and deleting alike: one cannot touch what one cannot see. */
function decideOnEntities(
  permission: ResourcePermission<typeof RESOURCE_TYPE_CATALOG_ENTITY>,
  claims: string[],
): PolicyDecision {
  if (SEES_ALL.some(group => claims.includes(group))) {
    return ALLOW;
  }
  return createCatalogConditionalDecision(permission, {
    anyOf: [
      {
        not: catalogConditions.hasMetadata({
          key: 'tags',
          value: RESTRICTED_TAG,
        }),
      },
      catalogConditions.isEntityOwner({ claims }),
    ],
  });
}
