import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Reading the Sources page: state, lag, errors and counts of each source.
 * What belongs to a service is read by the catalog's own entity permission.
 *
 * @public
 */
export const day2SourceReadPermission = createPermission({
  name: 'day2.source.read',
  attributes: { action: 'read' },
});

/**
 * Running, pausing and re-reading a source; reading and replaying its
 * quarantine, which has items of services that the reader may not see.
 *
 * @public
 */
export const day2SourceManagePermission = createPermission({
  name: 'day2.source.manage',
  attributes: { action: 'update' },
});

/**
 * Recording a deployment by `POST /deployments`. Users must own the service as well.
 *
 * @public
 */
export const day2DeploymentCreatePermission = createPermission({
  name: 'day2.deployment.create',
  attributes: { action: 'create' },
});

/**
 * Sending CDEvents by `POST /events`. Users must own the service as well.
 *
 * @public
 */
export const day2EventCreatePermission = createPermission({
  name: 'day2.event.create',
  attributes: { action: 'create' },
});

/**
 * Correcting an incident, merging and splitting, confirming what caused it.
 * Users must own one of its services as well.
 *
 * @public
 */
export const day2IncidentUpdatePermission = createPermission({
  name: 'day2.incident.update',
  attributes: { action: 'update' },
});

/**
 * Every permission of the plugin.
 *
 * @public
 */
export const day2Permissions = [
  day2SourceReadPermission,
  day2SourceManagePermission,
  day2DeploymentCreatePermission,
  day2EventCreatePermission,
  day2IncidentUpdatePermission,
];
