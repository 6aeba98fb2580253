import { Random } from '../../random/Random';
import type { Flows } from '../Flows';
import { people } from '../people';
import { HOUR, MINUTE } from '../time';

/** A release of payments-api that is rolled back, undone and mended that day. */
export function badRelease(flows: Flows, midnight: number): void {
  const { world, code, delivery } = flows;
  const service = 'payments-api';
  const { spec } = world.service(service);
  world.quietDays.add(`${service}@${midnight}`);
  const at = (hour: number, minute: number) =>
    midnight + hour * HOUR + minute * MINUTE;
  const random = Random.create(world.seed, 'bad-release');
  const merge = (when: number, title: string, kind: 'feature' | 'fix') =>
    code.merge({
      spec,
      at: when,
      random,
      buildSeconds: 420,
      author: people.ana,
      work: {
        kind,
        title,
        slug: 'batch-card-captures',
        issue: `PAY-${world.next('PAY', 301)}`,
        constants: [
          { name: 'captureBatchSize', value: random.int(1, 999) },
          { name: 'captureDelayMs', value: random.int(1, 999) },
        ],
      },
    });
  const plan = (when: number, step: string, run: () => void) =>
    world.queue.add({ at: when, key: `story/bad-release/${step}`, run });

  plan(at(7, 5), 'merge', () => {
    const previous = world.service(service).current.production!;
    const { commit, builds } = merge(
      at(7, 5),
      'Batch card captures',
      'feature',
    );
    const [build] = builds;
    build.degradesLater = true;
    world.stories.push({
      id: 'bad-release',
      title: 'A bad release of payments-api is rolled back after 46 minutes',
      service,
      from: at(10, 12),
      to: at(10, 58),
      refs: {
        commit: commit.sha,
        version: build.version,
        restored: previous.version,
      },
    });
    plan(at(7, 50), 'staging', () => {
      delivery.deploy({
        service,
        environment: 'staging',
        build,
        at: at(7, 50),
      });
    });
    plan(at(10, 12), 'production', () => {
      delivery.deploy({
        service,
        environment: 'production',
        build,
        at: at(10, 12),
        by: people.ana,
        targetPauseSeconds: 8 * 60,
      });
    });
    plan(at(10, 58), 'rollback', () => {
      build.bad = true;
      delivery.deploy({
        service,
        environment: 'production',
        build: previous,
        at: at(10, 58),
        reason: 'rollback',
        by: people.ana,
        targetPauseSeconds: 3 * 60,
      });
    });
    plan(at(11, 40), 'revert', () => {
      code.revert({ spec, commit, author: people.ana, at: at(11, 40), random });
    });
    plan(at(15, 5), 'fix', () => {
      merge(at(15, 5), 'Batch card captures, a queue for each acquirer', 'fix');
    });
  });
}
