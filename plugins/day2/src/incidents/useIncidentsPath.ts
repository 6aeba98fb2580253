import { useRouteRef } from '@backstage/core-plugin-api';
import { rootRouteRef } from '../routes';

/** Where incidents are; undefined in a portal without the page Day 2. */
export function useIncidentsPath(): string | undefined {
  let root: string | undefined;
  try {
    // It throws after its own hooks, each time alike: their order stays.
    // eslint-disable-next-line react-hooks/rules-of-hooks
    root = useRouteRef(rootRouteRef)();
  } catch {
    // A portal may use the tab and leave out the page.
  }
  return root === undefined ? undefined : `${root}/incidents`;
}

/** The address of an incident's own page, below {@link useIncidentsPath}. */
export function incidentPath(
  path: string | undefined,
  id: string,
): string | undefined {
  return path === undefined ? undefined : `${path}/${encodeURIComponent(id)}`;
}
