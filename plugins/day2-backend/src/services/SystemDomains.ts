import type { Knex } from 'knex';
import type { ObservedService } from './serviceFromEntity';

/** Which domain each system belongs to, by which a service does. */
export class SystemDomains {
  readonly #database: Knex;
  /** Domain by system; of the last pass, or as last recorded. */
  #domains: Map<string, string | undefined> | undefined;

  private constructor(database: Knex) {
    this.#database = database;
  }

  static create(options: { database: Knex }): SystemDomains {
    return new SystemDomains(options.database);
  }

  /** What a pass has read. */
  set(domains: Map<string, string | undefined>): void {
    this.#domains = domains;
  }

  /** Before the first pass of this replica, domains are those last recorded. */
  async prepare(services: ObservedService[]): Promise<void> {
    if (this.#domains || services.every(({ system }) => !system)) {
      return;
    }
    const rows = await this.#database('service')
      .whereNotNull('system')
      .distinct('system', 'domain');
    this.#domains ??= new Map(
      rows.map(({ system, domain }) => [system, domain ?? undefined]),
    );
  }

  of(service: ObservedService): string | undefined {
    return service.system ? this.#domains?.get(service.system) : undefined;
  }
}
