import {
  createBackendModule,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isPermission,
} from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';

/** One caller sees everything, every other only what is theirs. */
export function benchPolicy(): BackendFeature[] {
  return [
    createBackendModule({
      pluginId: 'permission',
      moduleId: 'day2-bench',
      register(reg) {
        reg.registerInit({
          deps: { policy: policyExtensionPoint },
          async init({ policy }) {
            policy.setPolicy({
              async handle(request, user) {
                const claims = user?.info.ownershipEntityRefs ?? [];
                if (
                  isPermission(
                    request.permission,
                    catalogEntityReadPermission,
                  ) &&
                  !claims.includes('user:default/sees-all')
                ) {
                  return createCatalogConditionalDecision(
                    request.permission,
                    catalogConditions.isEntityOwner({ claims }),
                  );
                }
                return { result: AuthorizeResult.ALLOW };
              },
            });
          },
        });
      },
    }),
  ];
}
