import {
  suspectsOf,
  type EnvironmentRule,
  type SuspectCandidate,
  type SuspectedIncident,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf } from '../database';
import { dirtyMarks } from '../derive/DirtyMarks';
import { candidatesOf } from './candidatesOf';
import { carriedCommits } from './carriedCommits';
import { changesAround, type SuspectChange } from './changesAround';
import { deploymentsAround, type SuspectDeployment } from './deploymentsAround';
import { loadJudgedIncidents, type JudgedIncident } from './judgedIncident';
import { namedRecords } from './namedRecords';
import { suspectRows, type SuspectRow } from './suspectRows';
import { withErrors } from './withErrors';
import { suspectStore, type SuspectChanges } from './suspectStore';

/** Each is three parts of a statement. */
const INCIDENTS_PER_CHUNK = 6;
/** A revert names no less of a commit, and a text that does is a guess. */
const SHA_IN_TEXT = /\b(?=[0-9a-f]*\d)[0-9a-f]{7,64}\b/g;
const MAX_SHAS = 20;

/**
 * Judges which deployments and changes may have caused incidents, from all that
 * happened around them, and keeps what it finds.
 */
export class SuspectDeriver {
  readonly #environments: readonly EnvironmentRule[];

  private constructor(options: { environments: readonly EnvironmentRule[] }) {
    this.#environments = options.environments;
  }

  static create(options: {
    environments: readonly EnvironmentRule[];
  }): SuspectDeriver {
    return new SuspectDeriver(options);
  }

  /**
   * So that two who judge the same incident do so one after the other.
   *
   * @remarks Before their marks in `dirty_suspect`: whoever derives incidents
   * writes these first too, and then marks them.
   */
  async lock(
    transaction: Knex.Transaction,
    incidentIds: readonly string[],
  ): Promise<void> {
    for (const chunk of chunksOf([...new Set(incidentIds)].sort())) {
      await transaction('incident')
        .whereIn('id', chunk)
        .orderBy('id')
        .select('id')
        .forUpdate();
    }
  }

  /**
   * Brings the suspects of incidents up to what is known, in the caller's
   * transaction, and marks the sequences whose deployments are linked otherwise
   * by it. Of an incident that is gone no suspects are left.
   *
   * @param options - `now`: epoch milliseconds
   */
  async derive(
    transaction: Knex.Transaction,
    options: { incidentIds: readonly string[]; now: number },
  ): Promise<SuspectChanges> {
    const incidentIds = [...new Set(options.incidentIds)].sort();
    await this.lock(transaction, incidentIds);
    const rows: SuspectRow[] = [];
    for (const chunk of chunksOf(incidentIds, INCIDENTS_PER_CHUNK)) {
      const incidents = await loadJudgedIncidents(transaction, {
        incidentIds: chunk,
        environments: this.#environments,
        now: options.now,
      });
      const candidates = await this.#candidates(transaction, incidents);
      for (const judged of incidents) {
        const own = await withErrors(transaction, {
          judged,
          candidates: candidates.get(judged.id) ?? [],
          now: options.now,
        });
        const verdict = suspectsOf({
          incident: judged.suspected,
          candidates: own,
          hops: judged.hops,
          decisions: judged.decisions,
        });
        rows.push(...suspectRows({ judged, candidates: own, verdict }));
      }
    }
    const changes = await suspectStore.replace(transaction, {
      incidentIds,
      rows,
    });
    await dirtyMarks.sequences(transaction, changes.sequences, options.now);
    return changes;
  }

  async #candidates(
    transaction: Knex,
    incidents: readonly JudgedIncident[],
  ): Promise<Map<string, SuspectCandidate[]>> {
    if (incidents.length === 0) {
      return new Map();
    }
    const deployments = await deploymentsAround(transaction, incidents);
    const changes = await changesAround(transaction, incidents);
    for (const each of incidents) {
      const named = await namedRecords(transaction, each);
      deployments.set(
        each.id,
        withOthers(deployments.get(each.id), named.deployments),
      );
      changes.set(each.id, withOthers(changes.get(each.id), named.changes));
    }
    const commits = await carriedCommits(transaction, {
      deploymentIds: idsOf(deployments),
      prefixes: [
        ...incidents.flatMap(({ suspected }) => shasIn(suspected)),
        ...[...changes.values()].flat().flatMap(shasOf),
      ],
    });
    return new Map(
      incidents.map(({ id, suspected }) => [
        id,
        candidatesOf({
          startedAt: suspected.startedAt,
          deployments: deployments.get(id) ?? [],
          changes: changes.get(id) ?? [],
          commits,
        }),
      ]),
    );
  }
}

function withOthers<T extends { id: string }>(
  known: readonly T[] = [],
  others: readonly T[] = [],
): T[] {
  return [
    ...new Map([...others, ...known].map(each => [each.id, each])).values(),
  ];
}

function idsOf(byIncident: Map<string, SuspectDeployment[]>): string[] {
  const all = [...byIncident.values()].flat().map(({ id }) => id);
  return [...new Set(all)].sort();
}

/** The commits that texts and cause fields name. */
function shasIn({ texts, causes }: SuspectedIncident): string[] {
  const said = [...texts, ...causes.map(({ name }) => name)];
  return said
    .flatMap(text => text.toLowerCase().match(SHA_IN_TEXT) ?? [])
    .slice(0, MAX_SHAS);
}

/** Of what reverts another: both commits. */
function shasOf({ sha, reverts }: SuspectChange): string[] {
  return reverts !== undefined && reverts.length >= 7
    ? [reverts, ...(sha === undefined ? [] : [sha])]
    : [];
}
