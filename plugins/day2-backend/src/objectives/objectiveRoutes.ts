import { NotFoundError } from '@backstage/errors';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Source } from '@day2/backstage-plugin-day2-node';
import type { GroupDirectory } from '../delivery/GroupDirectory';
import { normalRef } from '../delivery/GroupRefs';
import { groupsWithin } from '../gitops/groupsWithin';
import type { Handlers } from '../http/Handlers';
import type {
  Visibility,
  VisibleServices,
} from '../permissions/VisibleServices';
import type { SourceFeed } from '../sources/SourceFeed';
import { sourcesStanding } from '../sources/sourcesStanding';
import { standingOfKinds } from '../sources/standingOfKinds';
import { measurersOf } from './measurers';
import type { ObjectiveChartReads } from './ObjectiveChartReads';
import type { ObjectiveList } from './ObjectiveList';
import type { ObjectiveReads } from './ObjectiveReads';
import { whyNoObjectives, whyNoObjectivesAtAll } from './whyNoObjectives';

/** Objectives of a service, all, and one with its chart. */
export function objectiveRoutes(options: {
  objectives: ObjectiveReads;
  list: ObjectiveList;
  charts: ObjectiveChartReads;
  groups: GroupDirectory;
  visible: VisibleServices;
  feed: SourceFeed;
  sources: () => Source[];
  now: () => number;
}): Pick<
  Handlers,
  'listServiceObjectives' | 'listObjectives' | 'getObjective'
> {
  const { objectives, list, feed } = options;

  const measurersNow = async () => {
    const configured = await feed.configured();
    const now = options.now();
    const sources = options.sources();
    return {
      configured,
      measurers: measurersOf({ configured, sources, now }),
    };
  };

  /** A group and all below it; it alone where what is below it is not told. */
  async function ownersOf(asked: {
    owner: string;
    visible: Visibility;
    credentials: BackstageCredentials;
  }): Promise<string[]> {
    const owner = normalRef(asked.owner);
    const isKnown =
      asked.visible.kind === 'all' ||
      (await options.groups.readable(asked.credentials)).has(owner) ||
      (await list.isOwner({ ...asked, owner }));
    return isKnown
      ? groupsWithin(owner, (await options.groups.groups()).parents)
      : [owner];
  }

  return {
    async listServiceObjectives({ service, query, credentials }) {
      const [{ measurers }, visible, told, page] = await Promise.all([
        measurersNow(),
        options.visible.of(credentials),
        feed.of({ serviceId: service.id, credentials }),
        objectives.ofService({ ...query, serviceId: service.id }),
      ]);
      const items = await objectives.shown({
        rows: page.rows,
        visible,
        measurers,
      });
      return {
        items,
        nextCursor: page.nextCursor,
        asOf: oldest(items),
        sources: standingOfKinds({
          feed: told,
          kinds: ['objective', 'measurement'],
          now: options.now(),
        }),
        empty:
          items.length > 0 || query.cursor
            ? undefined
            : whyNoObjectives({
                service,
                feed: told,
                hasMeasurer: measurers.size > 0,
              }),
      };
    },

    async listObjectives({ query, credentials }) {
      const { owner } = query;
      const [{ configured, measurers }, visible] = await Promise.all([
        measurersNow(),
        options.visible.of(credentials),
      ]);
      const asked = { visible, measurers };
      const [page, facets] = await Promise.all([
        list.page({
          ...query,
          ...asked,
          owners: owner
            ? await ownersOf({ owner, visible, credentials })
            : undefined,
        }),
        list.facets(asked),
      ]);
      const items = await objectives.shown({ rows: page.rows, ...asked });
      const seen = await feed.seenBy({ configured, credentials });
      return {
        items,
        nextCursor: page.nextCursor,
        asOf: oldest(items),
        facets,
        sources: sourcesStanding({
          sources: seen.filter((_, at) => measurers.has(configured[at].id)),
          now: options.now(),
        }),
        empty:
          items.length === 0 && !query.cursor
            ? whyNoObjectivesAtAll({ ...asked, total: facets.total })
            : undefined,
      };
    },

    async getObjective({ params, query, credentials }) {
      const [{ measurers }, visible] = await Promise.all([
        measurersNow(),
        options.visible.of(credentials),
      ]);
      const row = await objectives.byId({ id: params.id, visible });
      if (!row) {
        throw new NotFoundError(
          `No objective ${params.id} that you may see. It may have been removed or renamed: look for it on the Objectives page`,
        );
      }
      const [[objective], chart] = await Promise.all([
        objectives.shown({ rows: [row], visible, measurers }),
        options.charts.of({ row, visible, query, now: options.now() }),
      ]);
      return { objective, chart, asOf: objective.asOf };
    },
  };
}

/** The oldest that an item is of: what is shown is at least as new. */
function oldest(items: { asOf?: string }[]): string | undefined {
  return items
    .flatMap(({ asOf }) => asOf ?? [])
    .sort()
    .at(0);
}
