import knexFactory, { type Knex } from 'knex';
import type {
  ChangeRecord,
  DeploymentRecord,
  TimelineRecord,
} from '../src/database';

const DAY_MS = 86_400_000;
const DAYS = 120;
const BATCH = 1_000;
const environments = ['development', 'staging', 'production'];
const targets = ['eu-1', 'us-1'];

/** Waits for the directory to know every service, then writes their deployments as rows. */
export async function fillDatabase(options: {
  url: string;
  /** Of the plugin's database. */
  name: string;
  services: number;
  deployments: number;
}): Promise<{
  services: { id: string; name: string }[];
  days: number;
  database: Knex;
}> {
  const connection = new URL(options.url);
  connection.pathname = `/${options.name}`;
  const database = knexFactory({ client: 'pg', connection: connection.href });
  const services = await knownServices(database, options.services);
  const perService = Math.ceil(options.deployments / services.length);
  const now = Date.now();
  let deployments: object[] = [];
  let timeline: object[] = [];
  let changes: object[] = [];
  let links: object[] = [];
  let running: object[] = [];
  const flush = async () => {
    await database.batchInsert('deployment', deployments, BATCH);
    await database.batchInsert('timeline', timeline, BATCH);
    await database.batchInsert('change', changes, BATCH);
    await database.batchInsert('record_service', links, BATCH);
    await database.batchInsert('running', running, BATCH);
    deployments = [];
    timeline = [];
    changes = [];
    links = [];
    running = [];
  };
  for (const service of services) {
    for (let index = 0; index < perService; index += 1) {
      const environment = environments[index % environments.length];
      const at = Math.round(now - ((index + 0.5) * DAYS * DAY_MS) / perService);
      const id = `${service.id.slice(0, 26)}-${index}`;
      const version = `v2.${perService - index}.0`;
      deployments.push(
        deploymentRow({ id, serviceId: service.id, environment, at, version }),
      );
      timeline.push(
        timelineRow({ id, serviceId: service.id, environment, at, version }),
      );
      // The newest of each environment comes first: it is what runs there.
      if (index < environments.length) {
        running.push(
          ...runningRows({
            id,
            serviceId: service.id,
            environment,
            at,
            version,
          }),
        );
      }
      // As many records of the other kind: half the deployments bring a change.
      if (index % 2 === 0) {
        changes.push(changeRow({ id: `c${id}`, at: at - 60_000 }));
        links.push({
          record_id: `c${id}`,
          service_id: service.id,
          environment: '',
          role: 'touches',
          via: 'repository',
          at: at - 60_000,
        });
      }
    }
    if (deployments.length >= BATCH * 5) {
      await flush();
    }
  }
  await flush();
  await database.raw('analyze');
  return { services, days: DAYS, database };
}

/** The services, once the directory knows so many. */
export async function knownServices(
  database: Knex,
  expected: number,
): Promise<{ id: string; name: string }[]> {
  const began = Date.now();
  for (;;) {
    const rows = await database('service').select('id', 'title as name');
    if (rows.length >= expected) {
      return rows;
    }
    if (Date.now() - began > 5 * 60_000) {
      throw new Error(`The directory knows ${rows.length} of ${expected}`);
    }
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

interface Seed {
  id: string;
  serviceId: string;
  environment: string;
  at: number;
  version: string;
}

function deploymentRow({ id, serviceId, environment, at, version }: Seed) {
  const record: DeploymentRecord = {
    image: `registry.example/app:${version}`,
    targets: targets.map(name => ({
      name,
      finishedAt: at,
      rollout: 'succeeded',
    })),
    outcomeReasons: [],
    unplannedReasons: [],
    manifestRevision: { repository: 'gitops', sha: 'a'.repeat(40) },
    sources: [{ source: 'git:gitops', key: `${id}:deployment` }],
    title: `Deploy ${version}`,
  };
  return {
    id,
    service_id: serviceId,
    environment,
    finished_at: at,
    first_finished_at: at,
    version,
    rollout: 'succeeded',
    outcome: 'ok',
    basis: 'desired',
    unplanned: false,
    carried_count: 3,
    carried_complete: true,
    record: JSON.stringify(record),
    hash: 'bench',
  };
}

function runningRows({ id, serviceId, environment, at, version }: Seed) {
  return targets.map(target => ({
    service_id: serviceId,
    environment,
    line: 'registry.example/app',
    target,
    deployment_id: id,
    version,
    since: at,
    position: 1,
  }));
}

function changeRow({ id, at }: { id: string; at: number }) {
  const record: ChangeRecord = {
    authorIds: [],
    issueKeys: ['PAY-1'],
    isMerge: false,
    emergencyReasons: [],
    fields: [],
    fieldCount: 0,
    fieldCounts: {},
  };
  return {
    id,
    source: 'git:app',
    key: `${id}:change`,
    kind: 'code',
    at,
    repository: 'app',
    sha: id,
    state: 'implemented',
    emergency: false,
    title: 'Round amounts the same way everywhere',
    record: JSON.stringify(record),
    hash: 'bench',
  };
}

function timelineRow({ id, serviceId, environment, at, version }: Seed) {
  const entry: TimelineRecord = {
    title: `Deployed ${version}`,
    detail: '3 commits',
    status: 'ok',
    flags: [],
  };
  return {
    id,
    service_id: serviceId,
    environment,
    at,
    kind: 'deployment',
    record_id: id,
    entry: JSON.stringify(entry),
    search: `deployed ${version}`,
  };
}
