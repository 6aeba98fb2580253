import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type { GroupDirectory } from '../delivery/GroupDirectory';
import { normalRef } from '../delivery/GroupRefs';
import { groupsWithin } from '../gitops/groupsWithin';
import type { Handlers } from '../http/Handlers';
import { iso, parseRange } from '../http/range';
import type {
  Visibility,
  VisibleServices,
} from '../permissions/VisibleServices';
import { oldestSuccess, type SourceFeed } from '../sources/SourceFeed';
import { sourcesStanding } from '../sources/sourcesStanding';
import { standingOfKinds } from '../sources/standingOfKinds';
import type { IncidentDetails } from './IncidentDetails';
import type { IncidentEditors } from './IncidentEditors';
import type { IncidentList } from './IncidentList';
import type { IncidentReads } from './IncidentReads';
import { MAX_LISTED } from './summaryOf';
import type { OnCallReads } from './OnCallReads';
import { whyNoIncidents, whyNoIncidentsAtAll } from './whyNoIncidents';

/** Incidents of a service, all, and one with everything that is told of it. */
export function incidentRoutes(options: {
  incidents: IncidentReads;
  list: IncidentList;
  details: IncidentDetails;
  editors: IncidentEditors;
  onCall: OnCallReads;
  groups: GroupDirectory;
  visible: VisibleServices;
  feed: SourceFeed;
  now: () => number;
}): Pick<Handlers, 'listServiceIncidents' | 'listIncidents' | 'getIncident'> {
  const { incidents, list, feed, visible: services } = options;

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
    async listServiceIncidents({ service, query, credentials }) {
      const now = options.now();
      const range = parseRange({ query, now });
      const serviceIds = [service.id];
      const visible = await services.of(credentials);
      // The route has asked for this one; the set may be of a minute ago.
      const seen = withService(visible, service.id);
      const asked = { ...query, range, serviceId: service.id, visible: seen };
      const [page, onCall, told] = await Promise.all([
        list.page(asked),
        options.onCall.of({ serviceIds, now }),
        feed.of({ serviceId: service.id, credentials }),
      ]);
      const found = await incidents.shown({
        rows: page.rows,
        visible: seen,
        most: MAX_LISTED,
      });
      const sources = told.configured.filter(
        ({ id, kinds }) =>
          told.feedingIds.has(id) && kinds.includes('incident'),
      );
      return {
        items: found.map(({ shown }) => shown),
        nextCursor: page.nextCursor,
        onCall,
        sources: standingOfKinds({ feed: told, kinds: ['incident'], now }),
        asOf: instant(oldestSuccess(sources)),
        empty:
          found.length > 0 || query.cursor
            ? undefined
            : whyNoIncidents({
                service,
                feed: told,
                range,
                environment: query.environment,
                state: query.state,
                latestAt: await list.latestBefore({
                  ...asked,
                  before: range.from,
                }),
              }),
      };
    },

    async listIncidents({ query, credentials }) {
      const range = parseRange({ query, now: options.now() });
      const visible = await services.of(credentials);
      const { owner } = query;
      const asked = {
        ...query,
        range,
        visible,
        owners: owner
          ? await ownersOf({ owner, visible, credentials })
          : undefined,
      };
      const [page, facets, configured] = await Promise.all([
        list.page(asked),
        list.facets({ visible }),
        feed.configured(),
      ]);
      const [found, seen] = await Promise.all([
        incidents.shown({
          rows: page.rows,
          visible,
          most: MAX_LISTED,
        }),
        feed.seenBy({ configured, credentials }),
      ]);
      const sources = seen.filter(({ kinds }) => kinds.includes('incident'));
      return {
        items: found.map(({ shown }) => shown),
        editable:
          query.editable === 'true'
            ? await options.editors.editable({ found, credentials })
            : undefined,
        nextCursor: page.nextCursor,
        facets,
        sources: sourcesStanding({ sources, now: options.now() }),
        asOf: instant(oldestSuccess(sources)),
        empty:
          found.length > 0 || query.cursor
            ? undefined
            : whyNoIncidentsAtAll({
                configured: seen,
                visible,
                range,
                environment: query.environment,
                filtered: isFiltered(query),
                latestAt: await list.latestBefore({
                  visible,
                  environment: query.environment,
                  before: range.from,
                }),
              }),
      };
    },

    async getIncident({ params, credentials }) {
      const visibleAmong = (serviceIds: string[]) =>
        services.among({ serviceIds, credentials });
      const found = await incidents.byId({ id: params.id, visibleAmong });
      if (!found) {
        throw noIncident();
      }
      const [details, canEdit, configured] = await Promise.all([
        options.details.of({ found, visibleAmong }),
        options.editors.mayEdit({ found, credentials }),
        feed.configured(),
      ]);
      // Of references that the caller sees: each names its source.
      const told = new Set(found.shown.references.map(({ source }) => source));
      const sources = configured.filter(({ id }) => told.has(id));
      return {
        ...details,
        canEdit,
        sources: sourcesStanding({ sources, now: options.now() }),
        asOf: instant(oldestSuccess(sources)),
      };
    },
  };
}

/** The same words whether it is not there or may not be seen. */
export function noIncident(): NotFoundError {
  return new NotFoundError(
    'No incident of that id is of a service that you may see',
  );
}

function withService(visible: Visibility, serviceId: string): Visibility {
  if (visible.kind === 'all') {
    return visible;
  }
  const others = visible.kind === 'some' ? visible.serviceIds : [];
  return { kind: 'some', serviceIds: [serviceId, ...others] };
}

function isFiltered(query: {
  state?: string;
  owner?: string;
  system?: string;
  priority?: number;
  text?: string;
}): boolean {
  const { state, owner, system, priority, text } = query;
  return [state, owner, system, priority, text].some(
    each => each !== undefined && each !== '',
  );
}

function instant(at: number | undefined): string | undefined {
  return at === undefined ? undefined : iso(at);
}
