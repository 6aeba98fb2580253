import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  createSandbox,
  truthOf,
  type DeploymentTruth,
  type Sandbox,
  type Truth,
} from '@day2/sandbox';
import { SandboxPortal, type ShownTarget } from './__testUtils__/SandboxPortal';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const DAY = 86_400_000;
/** Argo CD forgets more. */
const HISTORY = 10;
const start = Date.UTC(2026, 8, 1);

/** What became of a version on one target. */
interface TargetTruth {
  deployment: DeploymentTruth;
  target: DeploymentTruth['targets'][number];
  /**
   * Its sync is in the history of its application, and put another version
   * live: after one that failed Git may ask for what runs all along.
   */
  isKept: boolean;
  /** As the first that is: what was before it is forgotten. */
  isOldest: boolean;
  /** It is in the history no more, or Argo CD does not run it. */
  isForgotten: boolean;
}

describe('Git and Argo CD of the sandbox through the hub', () => {
  let folder: string;
  let sandbox: Sandbox;
  let portal: SandboxPortal | undefined;
  let truth: Truth;
  let targets: TargetTruth[];
  let shown: ShownTarget[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'day2-argocd-'));
    sandbox = await createSandbox({
      stateDir: folder,
      start,
      end: start + 30 * DAY,
    });
    truth = truthOf(sandbox.world);
    targets = targetsOf(truth);
    portal = await SandboxPortal.start({
      database: await databases.init('SQLITE_3'),
      url: sandbox.url,
      directory: join(folder, 'mirrors'),
    });
    await portal.settle();
    shown = await portal.shown();
  });

  afterAll(async () => {
    await portal?.stop();
    await sandbox?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('every sync that put a version live is a target of a deployment, at its instant', () => {
    const kept = targets.filter(({ isKept }) => isKept);
    expect(kept.length).toBeGreaterThan(200);
    const missing = kept.filter(
      each =>
        shown.filter(
          is => isOf(is, each) && (isAt(is, each) || isDated(is, each)),
        ).length !== 1,
    );
    expect(missing).toEqual([]);
    // Health is told of the newest sync alone.
    const { length } = kept.filter(each =>
      shown.some(
        is =>
          isOf(is, each) && is.finishedAt === ms(each.target.sync?.healthyAt),
      ),
    );
    expect(length).toBeGreaterThan(20);
  });

  it('every application is synced, pending, drifted or unknown as it is true', async () => {
    const states = truth.syncStates.map(
      ({ target, namespace, name, cause = 'synced' }) =>
        `${target} ${
          namespace === 'argocd' ? '' : `${namespace}/`
        }${name} ${cause}`,
    );
    for (const word of ['synced', 'pending', 'drifted', 'unknown']) {
      expect(states.some(line => line.endsWith(` ${word}`))).toBe(true);
    }
    await expect(portal!.states()).resolves.toEqual(states.sort());
  });

  it('what it has forgotten is of when Git asked for it', () => {
    const forgotten = targets.filter(
      ({ target: { sync }, isForgotten }) =>
        isForgotten && (sync === undefined || sync.outcome === 'synced'),
    );
    expect(forgotten.length).toBeGreaterThan(100);
    const missing = forgotten.filter(
      each =>
        !shown.some(
          is => isOf(is, each) && is.finishedAt === ms(each.target.finishedAt),
        ),
    );
    expect(missing).toEqual([]);
  });

  it('nothing else went live', () => {
    const invented = shown.filter(
      is =>
        is.rollout === 'succeeded' &&
        !targets.some(
          each =>
            isOf(is, each) &&
            (isAt(is, each) || is.finishedAt === ms(each.target.finishedAt)) &&
            each.target.sync?.outcome === 'synced',
        ),
    );
    expect(invented).toEqual([]);
  });

  it('what was passed over, or waits, is no deployment once Argo CD tells of it', () => {
    const oldest = new Map<string, number>();
    for (const { deployment, target, isKept } of targets) {
      const at = ms(target.sync?.syncedAt) ?? 0;
      const place = `${deployment.service} ${deployment.environment}`;
      if (isKept && at < (oldest.get(place) ?? Infinity)) {
        oldest.set(place, at);
      }
    }
    const not = targets.filter(
      ({ deployment, target: { sync, finishedAt } }) =>
        ['skipped', 'pending'].includes(sync?.outcome ?? '') &&
        (ms(finishedAt) as number) >
          (oldest.get(`${deployment.service} ${deployment.environment}`) ??
            Infinity),
    );
    expect(not.length).toBeGreaterThan(20);
    expect(
      not.filter(each =>
        shown.some(
          is => isOf(is, each) && is.finishedAt === ms(each.target.finishedAt),
        ),
      ),
    ).toEqual([]);
  });

  it('a sync that failed is a roll-out that failed', () => {
    const failed = shown.filter(({ rollout }) => rollout === 'failed');
    const instants = new Set(
      truth.syncs
        .filter(({ phase }) => phase === 'Failed')
        .map(({ finishedAt }) => ms(finishedAt)),
    );
    expect(
      failed.filter(({ finishedAt }) => !instants.has(finishedAt)),
    ).toEqual([]);
    // Argo CD tells of the last operation alone.
    const last = new Map(
      truth.syncs.map(sync => [sync.application, sync] as const),
    );
    const seen = [...last.values()].filter(
      ({ phase, version, isSame, service }) =>
        phase === 'Failed' && version && service && !isSame,
    );
    expect(
      seen.filter(
        ({ finishedAt }) => !shown.some(is => is.finishedAt === ms(finishedAt)),
      ),
    ).toEqual([]);
  });

  it('each has the commit of the application', () => {
    const wrong = targets.filter(
      each =>
        each.isKept &&
        shown.some(
          is =>
            isOf(is, each) &&
            is.applicationSha !== each.deployment.application.sha,
        ),
    );
    expect(wrong).toEqual([]);
  });
});

function targetsOf(truth: Truth): TargetTruth[] {
  const histories = new Map<string, Truth['syncs']>();
  for (const sync of truth.syncs) {
    if (sync.historyId !== undefined) {
      const known = histories.get(sync.application) ?? [];
      histories.set(sync.application, [...known, sync]);
    }
  }
  return truth.deployments
    .filter(({ basis }) => basis === 'git')
    .flatMap(deployment =>
      deployment.targets.map(target => {
        const { historyId, application = '' } = target.sync ?? {};
        const history = histories.get(application) ?? [];
        const at = history.findIndex(each => each.historyId === historyId);
        const oldest = Math.max(0, history.length - HISTORY);
        return {
          deployment,
          target,
          isKept:
            at >= oldest && history[at - 1]?.version !== deployment.version,
          isOldest: at === oldest,
          isForgotten: at < oldest,
        };
      }),
    );
}

/** Of one version of a service on one target, where both name the target. */
function isOf(is: ShownTarget, { deployment, target }: TargetTruth): boolean {
  const instance = target.sync?.application.split('/')[0];
  return (
    is.service === deployment.service &&
    is.environment === deployment.environment &&
    is.version === deployment.version &&
    (is.target === '' || is.target === (target.name ?? instance))
  );
}

function isAt(is: ShownTarget, { target: { sync } }: TargetTruth): boolean {
  return [ms(sync?.syncedAt), ms(sync?.healthyAt)].includes(is.finishedAt);
}

/** By Git, as what the first sync that is known may have found there (ADR 7). */
function isDated(is: ShownTarget, each: TargetTruth): boolean {
  const landed = ms(each.target.finishedAt) as number;
  const synced = ms(each.target.sync?.syncedAt) ?? 0;
  return each.isOldest && synced - landed > DAY && is.finishedAt === landed;
}

function ms(instant: string | undefined): number | undefined {
  return instant === undefined ? undefined : Date.parse(instant);
}
