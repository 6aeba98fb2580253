import {
  deriveSequence,
  type SequenceObservation,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { deterministicId, type DeploymentRecord } from '../src/database';
import { CellWorker } from '../src/delivery/CellWorker';
import { SequenceDeliveries } from '../src/delivery/SequenceDeliveries';
import type { DerivedDeployment } from '../src/deployments/DeploymentStore';
import { DEFINITIONS } from '../src/derive/definitions';
import { DeriveFailures } from '../src/derive/DeriveFailures';

export const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const ENVIRONMENT = 'production';
const BATCH = 2_000;

/** What is filled in, and how long that took. */
export interface Filled {
  deployments: number;
  commits: number;
  /** Of deriving all deliveries, and all cells. */
  deliverySeconds: number;
  cellSeconds: number;
  cells: number;
  /**
   * Writes one deployment more of a service, with its commits, and has it
   * judged and its cells computed.
   */
  oneMore: (index: number) => Promise<{ judgedMs: number; cellsMs: number }>;
}

/**
 * Writes deployments with the commits they brought as rows, and has the hub
 * judge them: as when a portal with such a past is upgraded.
 */
export async function fillDeliveries(options: {
  database: Knex;
  services: { id: string }[];
  deployments: number;
  commitsEach: number;
  days: number;
}): Promise<Filled> {
  const { database, services } = options;
  const each = Math.ceil(options.deployments / services.length);
  const now = Date.now();
  const deliveries = SequenceDeliveries.create({
    database,
    now: Date.now,
    definitions: DEFINITIONS,
  });
  const sequenceOf = (index: number, more = 0) =>
    deploymentsOf({
      ...options,
      index,
      serviceId: services[index].id,
      each,
      more,
      now,
    });
  const judge = async (index: number, deployments: DerivedDeployment[]) => {
    const began = performance.now();
    await deliveries.update({
      sequence: { serviceId: services[index].id, environment: ENVIRONMENT },
      deployments,
      write: async work => {
        await database.transaction(work);
        return true;
      },
    });
    return performance.now() - began;
  };
  for (const index of services.keys()) {
    await insertRows({ database, index, derived: sequenceOf(index) });
  }
  await database.raw('analyze');
  let deliveryMs = 0;
  for (const index of services.keys()) {
    deliveryMs += await judge(index, sequenceOf(index));
  }
  const logger = console as never;
  const failures = DeriveFailures.create({ database, logger, now: Date.now });
  const worker = CellWorker.create({
    database,
    failures,
    now: Date.now,
    claimMs: 30_000,
  });
  const computeCells = async () => {
    const began = performance.now();
    // The hub's own worker may have claimed what is left.
    while ((await worker.pending()) > 0) {
      await worker.runChunk();
    }
    return performance.now() - began;
  };
  const cellMs = await computeCells();
  await database.raw('analyze');
  const count = async (table: string) =>
    Number((await database(table).count({ n: '*' }))[0].n);
  return {
    deployments: await count('delivery'),
    commits: await count('deployment_commit'),
    deliverySeconds: deliveryMs / 1000,
    cellSeconds: cellMs / 1000,
    cells: await count('delivery_cell'),
    oneMore: async index => {
      const derived = sequenceOf(index, 1);
      await insertRows({ database, index, derived, from: derived.length - 1 });
      const judgedMs = await judge(index, derived);
      return { judgedMs, cellsMs: await computeCells() };
    },
  };
}

/** Writes deployments, from one on, with the commits they brought. */
async function insertRows(options: {
  database: Knex;
  index: number;
  derived: DerivedDeployment[];
  from?: number;
}): Promise<void> {
  const { database, index, derived, from = 0 } = options;
  await database.batchInsert(
    'deployment',
    derived.slice(from).map(({ row }) => row),
    BATCH / 10,
  );
  const commits = derived.flatMap(({ row, commits: own = [] }, at) =>
    at < from
      ? []
      : own.map(commit => ({ deployment_id: row.id, at, ...commit })),
  );
  await database.batchInsert(
    'git_commit',
    commits.map(({ repository, sha }, at) => ({
      repository,
      sha,
      source: 'git:bench',
      position: at,
      parents: '',
      committed_at: committedAt({
        finishedAt: derived[commits[at].at].row.finished_at,
        index: index + at,
      }),
      title: 'A commit',
      authors: '[]',
      issue_keys: '[]',
      paths: '[]',
    })),
    BATCH,
  );
  await database.batchInsert(
    'deployment_commit',
    commits.map(({ at: _, ...row }) => row),
    BATCH,
  );
}

/** Whole minutes before the finish: up to three days. */
function committedAt(options: { finishedAt: number; index: number }): number {
  return options.finishedAt - (1 + ((options.index * 7919) % 4320)) * MINUTE_MS;
}

function deploymentsOf(options: {
  index: number;
  serviceId: string;
  each: number;
  /** After those of the range. */
  more: number;
  commitsEach: number;
  days: number;
  now: number;
}): DerivedDeployment[] {
  const { index, serviceId, each, more, commitsEach, days } = options;
  const begin = options.now - days * DAY_MS;
  const observations = Array.from(
    { length: each + more },
    (_, at): SequenceObservation => {
      const dice = (index * 7919 + at * 104_729) % 1000;
      // One in 25 puts back what was there before, one in 25 is a hotfix.
      const back = at > 1 && dice % 25 === 0;
      return {
        source: 'argocd:bench',
        key: `${serviceId}:${at}`,
        versionName: `v${back ? at - 2 : at}`,
        finishedAt: Math.round(
          begin + ((at + dice / 1000) * days * DAY_MS) / each,
        ),
        basis: 'synced',
        rollout: dice % 33 === 1 ? 'failed' : 'succeeded',
        marks: dice % 25 === 2 ? ['hotfix'] : [],
      };
    },
  );
  const sequence = deriveSequence({ observations });
  const ids = sequence.map(({ first }) =>
    deterministicId(serviceId, ENVIRONMENT, first.source, first.key),
  );
  return sequence.map((deployment, at): DerivedDeployment => {
    const brings =
      deployment.rollout === 'succeeded' && !deployment.rollback && at > 0;
    const record: DeploymentRecord = {
      targets: deployment.targets,
      outcomeReasons: deployment.outcomeReasons,
      unplannedReasons: deployment.unplannedReasons,
      sources: [],
    };
    return {
      deployment,
      row: {
        id: ids[at],
        service_id: serviceId,
        environment: ENVIRONMENT,
        finished_at: deployment.finishedAt,
        first_finished_at: deployment.firstFinishedAt,
        started_at: null,
        version: deployment.version,
        rollout: deployment.rollout,
        outcome: deployment.outcome,
        basis: deployment.basis,
        previous_id: null,
        restores_id: null,
        unplanned: deployment.unplanned,
        application_repository: null,
        application_sha: null,
        manifest_sha: null,
        carried_count: brings ? commitsEach : 0,
        carried_complete: true,
        record: JSON.stringify(record),
        hash: 'bench',
      },
      commits: Array.from({ length: brings ? commitsEach : 0 }, (_, n) => ({
        repository: `repository-${index}`,
        sha: (at * commitsEach + n).toString(16).padStart(40, '0'),
        carried: true,
        first: true,
      })),
      sources: [],
      timeline: undefined as never,
      running: [],
    };
  });
}
