import type { FleetState } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { toNumber } from '../database';
import { whereInList } from '../permissions/whereService';
import type { FeedingSource } from '../sources/SourceFeed';
import { activeLinks } from '../subjects/activeLinks';
import type { StandingIncidents } from './IncidentList';
import { unresolvedState } from './incidentsTile';
import { whyNotKnown } from './whyNotKnown';

/** How the incidents of many services stand, in a few queries. */
export class FleetIncidents {
  readonly #database: Knex;

  private constructor(database: Knex) {
    this.#database = database;
  }

  static create(options: { database: Knex }): FleetIncidents {
    return new FleetIncidents(options.database);
  }

  /**
   * @param options - `configured`: every source, with the words that the caller
   * may read
   * @returns of each service that was asked for
   */
  async of(options: {
    serviceIds: string[];
    configured: FeedingSource[];
  }): Promise<Map<string, FleetState>> {
    const able = options.configured.filter(({ kinds }) =>
      kinds.includes('incident'),
    );
    const [unresolved, tellers] = await Promise.all([
      this.#unresolved(options.serviceIds),
      this.#tellers(options.serviceIds),
    ]);
    return new Map(
      options.serviceIds.map(id => {
        const known = tellers.get(id);
        const telling = able.filter(source => known?.has(source.id));
        const state = unresolvedState(unresolved.get(id) ?? []);
        return [id, state ?? quiet({ able, telling })];
      }),
    );
  }

  async #unresolved(
    serviceIds: string[],
  ): Promise<Map<string, StandingIncidents['unresolved']>> {
    const query = this.#database('incident')
      .join('incident_service', 'incident_service.incident_id', 'incident.id')
      .whereIn('incident.state', ['open', 'mitigated'])
      .distinct(
        'incident_service.service_id',
        'incident.id',
        'incident.state',
        'incident.priority',
        'incident.started_at',
      );
    whereInList(query, {
      column: 'incident_service.service_id',
      values: serviceIds,
    });
    const found = new Map<string, StandingIncidents['unresolved']>();
    for (const { service_id, state, priority, started_at } of await query) {
      const known = found.get(service_id) ?? [];
      found.set(service_id, known);
      known.push({ state, priority, startedAt: toNumber(started_at) });
    }
    return found;
  }

  /** Sources that know something of each, by which they would tell of an incident. */
  async #tellers(serviceIds: string[]): Promise<Map<string, Set<string>>> {
    const query = activeLinks(this.#database)
      .join('subject', 'subject.id', 'link.subject_id')
      .whereIn('subject.kind', ['alerts', 'incident-service'])
      .distinct('link.service_id', 'subject.source');
    whereInList(query, { column: 'link.service_id', values: serviceIds });
    const found = new Map<string, Set<string>>();
    for (const { service_id, source } of await query) {
      found.set(service_id, (found.get(service_id) ?? new Set()).add(source));
    }
    return found;
  }
}

/** Where none is open, as far as anybody tells. */
function quiet(options: {
  able: FeedingSource[];
  telling: FeedingSource[];
}): FleetState {
  const { able, telling } = options;
  if (telling.length === 0) {
    return {
      state: 'empty',
      headline: 'Not set up',
      why:
        able.length === 0
          ? 'No source that knows incidents, as PagerDuty or Alertmanager, is configured in this portal'
          : 'No alert and no service of a tool for incidents is tied to it; its page tells the annotation to add',
    };
  }
  const notKnown = whyNotKnown(telling);
  return notKnown
    ? { state: 'unknown', headline: 'Not known', detail: notKnown }
    : { state: 'ok', headline: 'None open' };
}
