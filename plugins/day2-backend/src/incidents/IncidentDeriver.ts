import {
  GROUPING,
  incidentsOf,
  type IncidentReference,
  type IncidentRules,
  type Level,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf, writeState } from '../database';
import type { EffectQueue } from '../effects/EffectQueue';
import { incidentStandings } from '../effects/incidentStandings';
import {
  incidentIdOf,
  type StoredIncident,
  type StoredReference,
} from './incidentRows';
import { incidentStore, rowsOf, type KnownIncident } from './incidentStore';
import { Neighbourhood } from './Neighbourhood';
import { countingWords, saidStore } from './saidStore';

const LOCK = 'incidents-lock';

/** Finds what changed before incidents, in the transaction that derives them. */
export interface DerivesSuspects {
  derive(
    transaction: Knex.Transaction,
    options: { incidentIds: string[]; now: number },
  ): Promise<unknown>;
}

/** How incidents are found, and how bad they are. */
export interface IncidentSettings extends IncidentRules {
  /** Of the most critical service that is hit, where no tool tells the impact. */
  impactByTier?: Partial<Record<string, Level>>;
}

/** What changed. */
export interface DerivedIncidents {
  /** Those that are other than before, or not there any more. */
  incidentIds: string[];
  /** Ids of the services that they are or were of. */
  serviceIds: string[];
}

/**
 * Derives the incidents that references are of, and those that they were of,
 * from all that has a part in them.
 *
 * @remarks One at a time in all replicas: what somebody else read before us he
 * cannot write after us. So the last to write has read what all before wrote.
 */
export class IncidentDeriver {
  readonly #rules: IncidentSettings;
  readonly #maxReferences: number | undefined;
  readonly #suspects: DerivesSuspects | undefined;
  readonly #effects: EffectQueue | undefined;
  readonly #now: () => number;

  private constructor(options: IncidentDeriverOptions) {
    this.#rules = options.rules ?? {};
    this.#maxReferences = options.maxReferences;
    this.#suspects = options.suspects;
    this.#effects = options.effects;
    this.#now = options.now;
  }

  static create(options: IncidentDeriverOptions): IncidentDeriver {
    return new IncidentDeriver(options);
  }

  /** Waits until nobody else derives incidents, until the transaction ends. */
  async lock(transaction: Knex.Transaction): Promise<void> {
    // The write is what waits: of one row there is one writer.
    await writeState(transaction, LOCK, String(this.#now()));
  }

  /**
   * What is derived together with references, as it is now: for whoever wants
   * to do it all in one go.
   */
  async together(
    database: Knex,
    references: readonly IncidentReference[],
  ): Promise<IncidentReference[]> {
    const around = this.#neighbourhood(database);
    await around.add(references);
    return around.references.map(({ source, key }) => ({ source, key }));
  }

  /** @throws TooManyReferencesError where too many hang together */
  async derive(
    transaction: Knex.Transaction,
    references: readonly IncidentReference[],
  ): Promise<DerivedIncidents> {
    await this.lock(transaction);
    const around = this.#neighbourhood(transaction);
    let before: KnownIncident[] = [];
    let seeds = references;
    while (seeds.length > 0) {
      await around.add(seeds);
      const ids = new Set(around.ids);
      before = await incidentStore.holding(transaction, [...ids]);
      // What was of one incident with these is derived with them.
      seeds = before
        .flatMap(each => each.references)
        .filter(each => !ids.has(incidentIdOf(each)));
    }
    const said = await saidStore.counting(transaction, around.ids);
    const incidents = incidentsOf({
      ...countingWords(said),
      observations: around.references,
      rules: await this.#rulesFor(transaction, around.references),
    }) as StoredIncident[];
    // What is of no service nobody may see.
    const shown = incidents.filter(({ services }) => services.length > 0);
    const ids = new Set(shown.map(({ first }) => incidentIdOf(first)));
    const gone = this.#effects?.isUsed
      ? before.map(({ id }) => id).filter(id => !ids.has(id))
      : [];
    const were = await incidentStore.records(transaction, gone);
    const derived = await this.#write(transaction, shown, before);
    if (this.#effects?.isUsed) {
      const aliases = await incidentStore.aliases(transaction, [
        ...ids,
        ...gone,
      ]);
      await this.#effects.queue(
        transaction,
        incidentStandings({ before, incidents: shown, gone: were, aliases }),
      );
    }
    return derived;
  }

  #neighbourhood(transaction: Knex): Neighbourhood {
    return Neighbourhood.create({
      transaction,
      graceMs: this.#rules.graceMs ?? GROUPING.graceMs,
      withinMs: this.#rules.withinMs ?? GROUPING.withinMs,
      maxReferences: this.#maxReferences,
    });
  }

  /** With what is assumed of services by their tiers. */
  async #rulesFor(
    transaction: Knex,
    references: readonly StoredReference[],
  ): Promise<IncidentRules> {
    const { impactByTier, ...rules } = this.#rules;
    if (!impactByTier) {
      return rules;
    }
    const ids = new Set(references.flatMap(({ services }) => services));
    const tiers = new Map<string, number>();
    for (const chunk of chunksOf([...ids])) {
      const rows = await transaction('service')
        .whereIn('id', chunk)
        .whereNotNull('tier')
        .select('id', 'tier');
      rows.forEach(({ id, tier }) => tiers.set(id, Number(tier)));
    }
    return {
      ...rules,
      assumedImpactOf: services => {
        const known = services.flatMap(id => tiers.get(id) ?? []);
        return known.length > 0 ? impactByTier[Math.min(...known)] : undefined;
      },
    };
  }

  async #write(
    transaction: Knex.Transaction,
    incidents: StoredIncident[],
    before: KnownIncident[],
  ): Promise<DerivedIncidents> {
    const known = new Map(before.map(each => [each.id, each]));
    const rows = incidents.map(rowsOf);
    const kept = new Set(rows.map(({ row }) => row.id));
    const gone = before.filter(({ id }) => !kept.has(id));
    const changed = rows.filter(
      ({ row }) => known.get(row.id)?.hash !== row.hash,
    );
    await incidentStore.remove(
      transaction,
      gone.map(({ id }) => id),
    );
    await incidentStore.write(transaction, changed);
    await incidentStore.redirect(transaction, gone);
    const incidentIds = [
      ...changed.map(({ row }) => row.id),
      ...gone.map(({ id }) => id),
    ];
    // Also of those that are as before: what happened around them may not be.
    await this.#suspects?.derive(transaction, {
      incidentIds: [...new Set([...incidentIds, ...kept])],
      now: this.#now(),
    });
    const were = incidentIds.flatMap(id => known.get(id)?.serviceIds ?? []);
    const are = changed.flatMap(({ services }) =>
      services.map(({ service_id }) => service_id),
    );
    return { incidentIds, serviceIds: [...new Set([...were, ...are])] };
  }
}

/** What deriving needs. */
export interface IncidentDeriverOptions {
  rules?: IncidentSettings;
  /** As in `NeighbourhoodOptions`. */
  maxReferences?: number;
  suspects?: DerivesSuspects;
  effects?: EffectQueue;
  now: () => number;
}
