import { useRouteRef } from '@backstage/core-plugin-api';
import { rootRouteRef } from '../routes';

/** Where the scoreboard is; undefined in a portal without the page Day 2. */
export function useScoreboardPath(): string | undefined {
  let root: string | undefined;
  try {
    // It throws after its own hooks, each time alike: their order stays.
    // eslint-disable-next-line react-hooks/rules-of-hooks
    root = useRouteRef(rootRouteRef)();
  } catch {
    // A portal may use the cards and leave out the page.
  }
  return root === undefined ? undefined : `${root}/scoreboard`;
}
