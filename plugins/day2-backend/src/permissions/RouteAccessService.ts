import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  day2Permissions,
  type Route,
} from '@day2/backstage-plugin-day2-common';
import type { ServiceRow } from '../services/ServiceStore';
import type { ServiceAccess } from './ServiceAccess';

/** Checks what a route of the contract demands of its caller. */
export class RouteAccessService {
  readonly #permissions: PermissionsService;
  readonly #serviceAccess: ServiceAccess;

  private constructor(options: {
    permissions: PermissionsService;
    serviceAccess: ServiceAccess;
  }) {
    this.#permissions = options.permissions;
    this.#serviceAccess = options.serviceAccess;
  }

  static create(options: {
    permissions: PermissionsService;
    serviceAccess: ServiceAccess;
  }): RouteAccessService {
    return new RouteAccessService(options);
  }

  /**
   * @returns the service of a route about one
   * @throws NotFoundError where that is not there or not visible, which answer alike
   * @throws NotAllowedError where a permission is missing
   */
  async check(options: {
    route: Route;
    params: Record<string, unknown>;
    credentials: BackstageCredentials;
  }): Promise<ServiceRow | undefined> {
    const { route, params, credentials } = options;
    switch (route.access) {
      case 'signed-in':
        return undefined;
      case 'visible-services':
        // Lists narrow themselves to what is visible.
        return undefined;
      case 'visible-service':
        return await this.#serviceAccess.require({
          ref: `${params.kind}:${params.namespace}/${params.name}`,
          credentials,
        });
      default:
        await this.#requirePermission(route.access, credentials);
        return undefined;
    }
  }

  async #requirePermission(
    name: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    if (!(await this.isAllowed({ permission: name, credentials }))) {
      throw new NotAllowedError(
        `This needs the permission ${name}; ask who keeps the portal's permission policy`,
      );
    }
  }

  async isAllowed(options: {
    permission: string;
    credentials: BackstageCredentials;
  }): Promise<boolean> {
    const permission = day2Permissions.find(
      candidate => candidate.name === options.permission,
    );
    if (!permission) {
      return false;
    }
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials: options.credentials,
    });
    return decision.result === AuthorizeResult.ALLOW;
  }
}
