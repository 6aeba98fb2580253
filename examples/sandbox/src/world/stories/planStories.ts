import type { Flows } from '../Flows';
import { brokenFile } from '../initialState';
import { ownerOf } from '../ownerOf';
import { DAY, HOUR, weekday } from '../time';
import { badRelease } from './badRelease';
import { frozenFriday } from './frozenFriday';
import { hotfix } from './hotfix';
import { slowLeak } from './slowLeak';

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
      refs: { owner: ownerOf(world.service('currency-rates').spec) },
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
