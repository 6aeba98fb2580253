import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { day2IncidentUpdatePermission } from '@day2/backstage-plugin-day2-common';
import type { RouteAccessService } from '../permissions/RouteAccessService';
import type { ServiceOwnership } from '../permissions/ServiceOwnership';
import type { FoundIncident } from './IncidentReads';

/** Who may correct incidents: users that own one of their services, if the policy lets them. */
export class IncidentEditors {
  readonly #access: RouteAccessService;
  readonly #ownership: ServiceOwnership;

  private constructor(options: IncidentEditorsOptions) {
    this.#access = options.access;
    this.#ownership = options.ownership;
  }

  static create(options: IncidentEditorsOptions): IncidentEditors {
    return new IncidentEditors(options);
  }

  /** @returns ids of those, of these, that the caller may correct */
  async editable(options: {
    found: FoundIncident[];
    credentials: BackstageCredentials;
  }): Promise<string[]> {
    const { credentials } = options;
    const refs = [...new Set(options.found.flatMap(refsOf))];
    const [allowed, owned] = await Promise.all([
      this.#access.isAllowed({
        permission: day2IncidentUpdatePermission.name,
        credentials,
      }),
      this.#ownership.ownedOf({ refs, credentials }),
    ]);
    const mine = new Set(allowed ? owned : []);
    return options.found
      .filter(each => refsOf(each).some(ref => mine.has(ref)))
      .map(({ shown }) => shown.id);
  }

  async mayEdit(options: {
    found: FoundIncident;
    credentials: BackstageCredentials;
  }): Promise<boolean> {
    const { found, credentials } = options;
    const editable = await this.editable({ found: [found], credentials });
    return editable.length > 0;
  }

  /**
   * @returns ids of its services that the caller owns
   * @throws NotAllowedError where these are none
   */
  async requireOwner(options: {
    found: FoundIncident;
    credentials: BackstageCredentials;
  }): Promise<string[]> {
    const refs = refsOf(options.found);
    const { credentials } = options;
    const owned = await this.#ownership.ownedOf({ refs, credentials });
    if (owned.length === 0) {
      throw new NotAllowedError(
        `Only owners of ${refs.join(' or ')} may say this; ask them`,
      );
    }
    const mine = new Set(owned);
    return options.found.services
      .filter(({ ref }) => mine.has(ref))
      .map(({ id }) => id);
  }
}

function refsOf({ services }: FoundIncident): string[] {
  return services.filter(({ visible }) => visible).map(({ ref }) => ref);
}

/** What they are told by. */
export interface IncidentEditorsOptions {
  access: RouteAccessService;
  ownership: ServiceOwnership;
}
