import type { OperationOutput } from '@day2/backstage-plugin-day2-common';
import { PortalApi } from './PortalApi';
import { until } from './until';
import type { World } from './startWorld';

const READ_MS = 240_000;

const reading = /^(git|argocd|prometheus|alertmanager|pagerduty|openslo):/;

/**
 * Waits until the portal has taken in everything the sandbox has to tell: every
 * source read once, every posted deployment taken, nothing left to derive.
 */
export async function untilSettled(world: World): Promise<void> {
  const api = await PortalApi.as({ url: world.portal.url, person: 'dana' });
  await until({
    what: 'everything to be read and derived',
    ms: READ_MS,
    ask: async () => {
      const posts = await readPosts(world);
      const { items, queues } = await api.call('listSources', {});
      const services = await api.all('listServices', {});
      return {
        unread: items
          .filter(({ id, lastSuccessAt }) => reading.test(id) && !lastSuccessAt)
          .map(({ id, state, error }) => ({ id, state, error })),
        sources: items.length,
        queues,
        services: services.length,
        posts,
      };
    },
    accept: ({ unread, sources, queues, services, posts }) =>
      sources > 0 &&
      unread.length === 0 &&
      waiting(queues) === 0 &&
      services >= 13 &&
      posts.delivered === posts.planned,
  });
}

function waiting(queues: OperationOutput<'listSources'>['queues']): number {
  const { applications = 0, incidents = 0, objectives = 0 } = queues;
  const { sequences, subjects } = queues;
  return sequences + subjects + applications + incidents + objectives;
}

async function readPosts(
  world: World,
): Promise<{ planned: number; delivered: number }> {
  const response = await fetch(`${world.sandbox?.url}/world/posts`);
  return (await response.json()) as { planned: number; delivered: number };
}
