import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  ApplicationState,
  EnvironmentRule,
  FleetState,
  RunningVersion,
} from '@day2/backstage-plugin-day2-common';
import type { Source } from '@day2/backstage-plugin-day2-node';
import type { GroupDirectory } from '../delivery/GroupDirectory';
import { normalRef } from '../delivery/GroupRefs';
import type { Handlers } from '../http/Handlers';
import { iso, parseRange } from '../http/range';
import type { FleetIncidents } from '../incidents/FleetIncidents';
import { measurersOf } from '../objectives/measurers';
import type { ObjectiveReads } from '../objectives/ObjectiveReads';
import type { VisibleServices } from '../permissions/VisibleServices';
import { oldestSuccess, type SourceFeed } from '../sources/SourceFeed';
import { sourcesStanding } from '../sources/sourcesStanding';
import { standingOfKinds } from '../sources/standingOfKinds';
import { runningVersions } from '../summary/runningVersions';
import type { SummaryReads } from '../summary/SummaryReads';
import type { ApplicationReads } from './ApplicationReads';
import { changesWhileReading } from './changesWhileReading';
import type { FleetActivity } from './FleetActivity';
import type { FleetQuery, FleetReads } from './FleetReads';
import { fleetRow } from './fleetRow';
import { groupsWithin } from './groupsWithin';
import { loadObservers } from './Observers';
import { pageOfApplications } from './pageOfApplications';
import { placeRank } from './placeRank';
import { whyNoApplications } from './whyNoApplications';
import { whyNoFleet, whyNoSyncOf } from './whyNoFleet';

/** Desired against live: of a service, and of all. */
export function gitopsRoutes(options: {
  applications: ApplicationReads;
  fleet: FleetReads;
  activity: FleetActivity;
  objectives: ObjectiveReads;
  incidents: FleetIncidents;
  reads: SummaryReads;
  groups: GroupDirectory;
  visible: VisibleServices;
  feed: SourceFeed;
  sources: () => Source[];
  environments: EnvironmentRule[];
  now: () => number;
}): Pick<Handlers, 'getServiceGitops' | 'listFleet'> {
  const { applications, fleet, activity, feed, environments } = options;
  const observersNow = () => loadObservers({ ...options, now: options.now() });

  /** A group and all below it; it alone where what is below it is not told. */
  async function ownersOf(
    query: FleetQuery & { owner: string; credentials: BackstageCredentials },
  ): Promise<string[]> {
    const owner = normalRef(query.owner);
    const isKnown =
      query.visible.kind === 'all' ||
      (await options.groups.readable(query.credentials)).has(owner) ||
      (await fleet.isOwner({ ...query, owner }));
    return isKnown
      ? groupsWithin(owner, (await options.groups.groups()).parents)
      : [owner];
  }

  return {
    async getServiceGitops({ service, query, credentials }) {
      const { environment } = query;
      const at = { serviceId: service.id };
      const observers = await observersNow();
      const [running, visible, told, all] = await Promise.all([
        options.reads.running(service.id),
        options.visible.of(credentials),
        feed.of({ ...at, credentials }),
        applications.placesOf({ ...at, observers }),
      ]);
      const { ids, nextCursor } = pageOfApplications({
        ...query,
        places: all.filter(
          each => environment === undefined || each.environment === environment,
        ),
        environments,
      });
      const items = await applications.byIds({ ids, visible, observers });
      return {
        items,
        nextCursor,
        running: runningVersions(running).sort((a, b) =>
          compareRunning(a, b, environments),
        ),
        asOf: oldest(items),
        sources: standingOfKinds({
          feed: told,
          kinds: ['application'],
          now: options.now(),
        }),
        empty:
          ids.length > 0 || query.cursor
            ? undefined
            : whyNoApplications({
                service,
                feed: told,
                environment,
                hasOthers: all.length > 0,
              }),
      };
    },

    async listFleet({ query, credentials }) {
      const visible = await options.visible.of(credentials);
      const observers = await observersNow();
      const { fresh, ranked } = observers;
      const asked = { visible, fresh, ranked };
      const [page, facets] = await Promise.all([
        fleet.list({
          ...query,
          ...asked,
          owners: query.owner
            ? await ownersOf({ ...asked, owner: query.owner, credentials })
            : undefined,
        }),
        fleet.facets(asked),
      ]);
      const serviceIds = page.items.map(({ id }) => id);
      const production = environments
        .filter(({ tier }) => tier === 'production')
        .map(({ name }) => name);
      const range = parseRange({ query: {}, now: options.now() });
      const of = { serviceIds, environments: production };
      const measurers = measurersOf({
        configured: observers.configured,
        sources: options.sources(),
        now: options.now(),
      });
      const [found, objectives, versions, happened] = await Promise.all([
        applications.ofServices({ serviceIds, observers }),
        options.objectives.ofServices({ serviceIds, measurers }),
        activity.versions(of),
        activity.happened({ ...of, range }),
      ]);
      const configured = await feed.seenBy({ ...observers, credentials });
      const incidents = await options.incidents.of({ serviceIds, configured });
      const sources = sourcesStanding({
        sources: configured,
        now: options.now(),
      });
      const reading = sources.reading.length > 0;
      const readAt = reading ? undefined : oldestSuccess(observers.configured);
      return {
        items: page.items.map(service => {
          const row = fleetRow({
            service,
            applications: found.get(service.id) ?? [],
            whyNoSync: whyNoSyncOf(configured),
            objectives: objectives.get(service.id) ?? [],
            measurers,
            incidents: incidents.get(service.id) as FleetState,
            running: versions.get(service.id),
            activity: happened.get(service.id),
            range,
          });
          return reading
            ? { ...row, changes: changesWhileReading(row.changes) }
            : row;
        }),
        nextCursor: page.nextCursor,
        asOf: readAt === undefined ? undefined : iso(readAt),
        facets,
        sources,
        empty:
          page.items.length === 0 && !query.cursor
            ? whyNoFleet({ visible, total: facets.total })
            : undefined,
      };
    },
  };
}

/** The oldest that an item is of: what is shown is at least as new. */
function oldest(items: ApplicationState[]): string | undefined {
  return items
    .flatMap(({ asOf }) => asOf ?? [])
    .sort()
    .at(0);
}

function compareRunning(
  a: RunningVersion,
  b: RunningVersion,
  rules: EnvironmentRule[],
): number {
  return (
    placeRank(a.environment, rules) - placeRank(b.environment, rules) ||
    a.environment.localeCompare(b.environment, 'en')
  );
}
