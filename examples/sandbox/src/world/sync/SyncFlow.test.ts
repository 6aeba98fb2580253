import { testEnd, testStart } from '../../__testUtils__/dates';
import { createWorld } from '../createWorld';
import { DAY, MINUTE, SECOND } from '../time';
import { World } from '../World';
import { syncStateTruth } from './syncStateTruth';

const { world, truth } = createWorld({
  seed: 7,
  start: testStart,
  end: testEnd,
});

/** What stands at the paths of an application at a revision. */
function filesOf(application: string, sha: string): string {
  const { plan } = world.state.applications.get(application)!;
  const { tree } = world.state
    .repository(plan.repository!, 'gitops')
    .find(sha)!;
  return plan.paths.map(path => tree.read(path)).join('\u0000');
}

const targets = truth.deployments.flatMap(deployment =>
  deployment.targets.map(target => ({ ...deployment, ...target })),
);

describe('what the controllers sync', () => {
  it('is every service, environment and cluster that Kubernetes runs', () => {
    const withSync = new Set(
      targets.filter(each => each.sync).map(each => each.service),
    );
    expect(
      truth.services.map(s => s.name).filter(name => !withSync.has(name)),
    ).toEqual(['warehouse-sync', 'label-printer']);
    for (const { sync, environment, name } of targets.filter(t => t.sync)) {
      const state = truth.syncStates.find(
        each => each.application === sync!.application,
      )!;
      expect(state.environment).toBe(environment);
      expect([undefined, state.target]).toContain(name);
    }
    expect(new Set(truth.syncStates.map(state => state.uid)).size).toBe(
      truth.syncStates.length,
    );
  });

  it('follows a commit within minutes where it is automated', () => {
    const automated = targets.filter(
      ({ sync, environment, isFirst }) =>
        sync?.outcome === 'synced' &&
        environment === 'production' &&
        !isFirst &&
        !sync.initiatedBy &&
        sync.failedAt.length === 0,
    );
    expect(automated.length).toBeGreaterThan(100);
    for (const { finishedAt, sync } of automated) {
      const waited = Date.parse(sync!.startedAt!) - Date.parse(finishedAt);
      expect(waited).toBeGreaterThan(0);
      // A child waits for its parent as well.
      expect(waited).toBeLessThan(4 * MINUTE + 30 * SECOND);
      expect(sync!.syncedAt! > sync!.startedAt!).toBe(true);
      const { healthyAt = '9999' } = sync!;
      expect(healthyAt > sync!.syncedAt!).toBe(true);
    }
  });

  it('is synced by people where it is not', () => {
    const byHand = targets.filter(
      each =>
        each.environment === 'production' &&
        ['ledger', 'checkout', 'storefront-web'].includes(each.service) &&
        each.sync?.outcome === 'synced',
    );
    expect(byHand.length).toBeGreaterThan(50);
    expect(byHand.filter(each => !each.sync!.initiatedBy)).toEqual([]);
  });

  it('carries the version at the revision that was synced', () => {
    // The version of currency-rates stands in what its parent applies.
    const synced = targets.filter(
      each =>
        each.sync?.outcome === 'synced' && each.service !== 'currency-rates',
    );
    expect(synced.length).toBeGreaterThan(500);
    for (const { sync, version } of synced) {
      expect(filesOf(sync!.application, sync!.revision!)).toContain(version);
    }
    expect(new Set(targets.map(each => each.sync?.outcome))).toEqual(
      new Set([undefined, 'synced', 'failed', 'skipped', 'pending']),
    );
  });

  it('numbers what succeeded, and no other', () => {
    for (const { application } of truth.syncStates) {
      const own = truth.syncs.filter(sync => sync.application === application);
      const ids = own.flatMap(sync => sync.historyId ?? []);
      expect(ids).toEqual(ids.map((_, i) => i));
      expect(own.filter(sync => sync.phase === 'Succeeded')).toHaveLength(
        ids.length,
      );
    }
    expect(truth.syncs.some(sync => sync.phase === 'Failed')).toBe(true);
  });

  it('degrades where a release is bad, and heals with the rollback', () => {
    const story = truth.stories.find(each => each.id === 'bad-release')!;
    const at = truth.deployments.findIndex(
      each =>
        each.service === 'payments-api' &&
        each.environment === 'production' &&
        each.version === story.refs.version,
    );
    const bad = truth.deployments[at];
    for (const { sync } of bad.targets) {
      expect(sync!.outcome).toBe('synced');
      expect(sync!.degradedAt! > sync!.healthyAt!).toBe(true);
    }
    const after = truth.deployments.find(
      (each, i) => i > at && each.service === bad.service && each.rollback,
    )!;
    expect(
      after.targets[0].sync!.healthyAt! > bad.targets[0].sync!.degradedAt!,
    ).toBe(true);
    const others = truth.deployments.filter(
      each => each.failed && each.basis === 'git' && each !== bad,
    );
    expect(
      others
        .flatMap(each => each.targets)
        .filter(
          ({ sync }) =>
            sync?.outcome === 'synced' && !sync.degradedAt && sync.healthyAt,
        ),
    ).toEqual([]);
  });

  it('is pending where Git wants something else, drifted where it does not', () => {
    const by = (cause?: string) =>
      truth.syncStates.filter(state => state.cause === cause);
    for (const state of truth.syncStates) {
      expect([state.application, state.sync]).toEqual([
        state.application,
        { pending: 'OutOfSync', drifted: 'OutOfSync', unknown: 'Unknown' }[
          state.cause!
        ] ?? 'Synced',
      ]);
    }
    const compared = truth.syncStates.filter(
      state => state.service && state.cause !== 'unknown',
    );
    for (const state of compared) {
      const { application, desiredRevision, syncedRevision } = state;
      const isSame =
        filesOf(application, desiredRevision!) ===
        filesOf(application, syncedRevision!);
      // A sync that failed half way is pending whatever is wanted.
      const isPending = !isSame || state.failing;
      expect([application, state.cause === 'pending']).toEqual([
        application,
        isPending,
      ]);
    }
    expect(by('pending').length).toBeGreaterThan(0);
    expect(by('drifted').length).toBeGreaterThan(0);
    expect(by('unknown').length).toBeGreaterThan(0);
    expect(by('unknown')[0].desiredRevision).toBeUndefined();
    expect(by('drifted')[0].syncedVersion).toBe(
      by('drifted')[0].desiredVersion,
    );
    expect(by('pending')[0].automated).toBe(false);
  });

  it('has all three states on most days, and heals some drift by itself', () => {
    const causes = ['pending', 'drifted', 'unknown'];
    const lacking: string[] = [];
    const living = World.create({
      seed: 3,
      start: testStart,
      end: testStart + 20 * DAY,
    });
    for (let at = living.end; at < testEnd; at += DAY) {
      living.advanceTo(at);
      const states = new Set(
        syncStateTruth(living.state, at).map(state => state.cause),
      );
      lacking.push(...causes.filter(cause => !states.has(cause as never)));
    }
    expect(lacking.length).toBeLessThanOrEqual(10);
    const healed = truth.driftEpisodes.filter(each => each.selfHealed);
    expect(healed.length).toBeGreaterThan(10);
    for (const { from, to } of healed) {
      expect(Date.parse(to!) - Date.parse(from)).toBeLessThan(MINUTE);
    }
    const open = truth.driftEpisodes.filter(each => !each.to);
    expect(open.map(each => each.application).sort()).toEqual(
      truth.syncStates
        .filter(state => state.cause === 'drifted')
        .map(state => state.application)
        .sort(),
    );
  });
});
