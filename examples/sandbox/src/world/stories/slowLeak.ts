import { Random } from '../../random/Random';
import type { Flows } from '../Flows';
import { people } from '../people';
import type { Story } from '../records';
import { DAY, HOUR, MINUTE } from '../time';

/** A leak that is met with more memory and restarts, from day 70 on. */
export function slowLeak(flows: Flows): void {
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
