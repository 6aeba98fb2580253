import { createBackend } from '@backstage/backend-defaults';
import { sandboxPeopleAuthModule } from './auth';
import { generatedLocationCatalogModule } from './catalog';
import { portalPermissionPolicyModule } from './permission';
import { startOrExit } from './start';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(sandboxPeopleAuthModule);

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(generatedLocationCatalogModule);

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(portalPermissionPolicyModule);

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-notifications'),
);

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));

// Replicas of the portal hear each other's events through this one.
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

// Day 2: the hub, then one line for each source.
backend.add(import('@day2/backstage-plugin-day2-backend'));
backend.add(import('@day2/backstage-plugin-day2-backend-module-git'));
backend.add(import('@day2/backstage-plugin-day2-backend-module-argocd'));
backend.add(import('@day2/backstage-plugin-day2-backend-module-alertmanager'));
backend.add(import('@day2/backstage-plugin-day2-backend-module-pagerduty'));
backend.add(import('@day2/backstage-plugin-day2-backend-module-prometheus'));
backend.add(import('@day2/backstage-plugin-day2-backend-module-notifications'));

startOrExit(backend);
