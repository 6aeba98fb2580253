import { Random } from '../../random/Random';
import type { Flows } from '../Flows';
import { people } from '../people';
import type { Story } from '../records';
import { DAY, MINUTE } from '../time';
import { slugOf } from '../work';

/** A merge whose image is ready after three minutes, on the way by itself. */
export function urgentFix(
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
