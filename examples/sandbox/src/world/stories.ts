import { Random } from '../random/Random';
import type { Flows } from './Flows';
import { brokenFile } from './initialState';
import { people } from './people';
import type { Story } from './records';
import { DAY, HOUR, MINUTE, weekday } from './time';
import { slugOf } from './work';

/**
 * Plans the stories on their days, counted from the start of the world so that
 * its continuation moves none of them. In a world of 120 days the bad release
 * is three weeks ago. A service that is not in the world has no story.
 */
export function planStories(flows: Flows): void {
  const { world } = flows;
  const has = (name: string) => world.services.has(name);
  world.queue.add({
    at: world.start + HOUR,
    key: 'story/unreadable',
    run: () => tellUnreadable(flows),
  });
  if (has('checkout')) {
    hotfix(flows, dayFrom(world.start, 60, 4));
  }
  if (has('search-api')) {
    slowLeak(flows);
  }
  if (has('shipping-api')) {
    frozenFriday(flows, dayFrom(world.start, 80, 5));
  }
  if (has('payments-api')) {
    badRelease(flows, dayFrom(world.start, 97, 2));
  }
  if (has('currency-rates')) {
    world.stories.push({
      id: 'nobody-owns',
      title: 'currency-rates belongs to a team that no longer exists',
      service: 'currency-rates',
      from: world.start,
      refs: { owner: 'group:default/data-services' },
    });
  }
}

/** The first such weekday on or after that day of the world. */
function dayFrom(start: number, day: number, wanted: number): number {
  let at = start + day * DAY;
  while (weekday(at) !== wanted) {
    at += DAY;
  }
  return at;
}

function tellUnreadable({ world }: Flows): void {
  const refs: Record<string, string> = {};
  if (world.repositories.get('tern-gitops')?.read(brokenFile)) {
    refs['tern-gitops'] = brokenFile;
  }
  if (world.services.has('search-api')) {
    refs['tern-helm'] = 'charts/search-api/templates/deployment.yaml';
  }
  world.stories.push({
    id: 'unreadable-files',
    title:
      'A file that is no YAML, and Helm templates, stand in GitOps folders',
    from: world.start,
    refs,
  });
}

/** A merge whose image is ready after three minutes, on the way by itself. */
function urgentFix(
  flows: Flows,
  options: {
    story: Story;
    service: string;
    at: number;
    title: string;
    minutesToProduction: number;
  },
): void {
  const { world, code, delivery } = flows;
  const { story, service, at } = options;
  const { spec } = world.service(service);
  world.quietDays.add(`${service}@${Math.floor(at / DAY) * DAY}`);
  world.queue.add({
    at,
    key: `story/${story.id}`,
    run: () => {
      const random = Random.create(world.seed, story.id);
      const issue = `${spec.issues}-${world.next(spec.issues, 301)}`;
      const { commit, builds } = code.merge({
        spec,
        at,
        random,
        urgent: true,
        style: 'merge',
        buildSeconds: 180,
        author: spec.team === 'storefront' ? people.bo : people.jo,
        work: {
          kind: 'fix',
          title: `hotfix: ${options.title} (${issue})`,
          slug: slugOf(options.title),
          issue: undefined,
          constants: [{ name: 'guard', value: random.int(1, 999) }],
        },
      });
      const build = builds.find(b => b.service === service)!;
      story.refs.commit = commit.sha;
      story.refs.version = build.version;
      story.refs.issue = issue;
      world.stories.push(story);
      const steps = [
        ['staging', 8],
        ['production', options.minutesToProduction],
      ] as const;
      for (const [environment, minutes] of steps) {
        const when = at + minutes * MINUTE;
        world.queue.add({
          at: when,
          key: `story/${story.id}/${environment}`,
          run: () => {
            delivery.deploy({
              service,
              environment,
              build,
              at: when,
              reason: 'hotfix',
              by: people.chen,
            });
          },
        });
      }
    },
  });
}

function hotfix(flows: Flows, midnight: number): void {
  const at = midnight + 15 * HOUR + 20 * MINUTE;
  urgentFix(flows, {
    story: {
      id: 'hotfix',
      title: 'A hotfix of checkout is in production within half an hour',
      service: 'checkout',
      from: at,
      to: at + 25 * MINUTE,
      refs: {},
    },
    service: 'checkout',
    at,
    title: 'Do not submit an order twice',
    minutesToProduction: 25,
  });
}

function frozenFriday(flows: Flows, midnight: number): void {
  flows.world.frozenDays.add(midnight);
  const at = midnight + 14 * HOUR;
  urgentFix(flows, {
    story: {
      id: 'frozen-friday',
      title:
        'No deployment to production on a frozen Friday, but for one emergency of shipping-api',
      service: 'shipping-api',
      from: midnight,
      to: midnight + DAY,
      refs: {},
    },
    service: 'shipping-api',
    at,
    title: 'Refuse expired carrier certificates',
    minutesToProduction: 22,
  });
}

function slowLeak(flows: Flows): void {
  const { world, configuration } = flows;
  const { spec } = world.service('search-api');
  const raises: Array<[day: number, memory: string]> = [
    [70, '640Mi'],
    [79, '768Mi'],
    [88, '1Gi'],
    [97, '1280Mi'],
    [106, '1536Mi'],
    [114, '2Gi'],
  ];
  const story: Story = {
    id: 'slow-leak',
    title: 'search-api leaks memory: its limit goes up and up, with restarts',
    service: 'search-api',
    from: world.start + raises[0][0] * DAY,
    refs: {},
  };
  const change = (at: number, setting: string, value: string, title: string) =>
    world.queue.add({
      at,
      key: `story/slow-leak/${setting}`,
      run: () => {
        const { sha } = configuration.change({
          spec,
          environment: 'production',
          setting,
          value,
          title,
          author: people.bo,
          at,
          random: Random.create(world.seed, 'slow-leak', at),
        });
        if (!world.stories.includes(story)) {
          world.stories.push(story);
        }
        story.to = at;
        story.refs[`${setting} ${value}`] = sha;
      },
    });
  for (const [day, memory] of raises) {
    const at = world.start + day * DAY + 9 * HOUR + 12 * MINUTE;
    change(
      at,
      'memory',
      memory,
      `Raise the memory of search-api to ${memory} again (SHOP-288)`,
    );
    const restart = at + 4 * DAY + 5 * HOUR;
    change(
      restart,
      'restartedAt',
      new Date(restart).toISOString(),
      'Restart search-api before it runs out of memory (SHOP-288)',
    );
  }
}

function badRelease(flows: Flows, midnight: number): void {
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
