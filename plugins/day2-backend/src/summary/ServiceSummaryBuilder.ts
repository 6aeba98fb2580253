import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  resolveEnvironment,
  type EnvironmentRule,
  type RunningVersion,
  type ServiceSummary,
} from '@day2/backstage-plugin-day2-common';
import type { Source } from '@day2/backstage-plugin-day2-node';
import type { ApplicationReads } from '../gitops/ApplicationReads';
import { loadObservers } from '../gitops/Observers';
import { syncTile } from '../gitops/syncTile';
import { whyNoApplications } from '../gitops/whyNoApplications';
import { iso, type Range } from '../http/range';
import type { IncidentList } from '../incidents/IncidentList';
import { incidentsTileOf } from '../incidents/incidentsTile';
import type { OnCallReads } from '../incidents/OnCallReads';
import { measurersOf } from '../objectives/measurers';
import type { ObjectiveReads } from '../objectives/ObjectiveReads';
import { objectivesTile } from '../objectives/objectivesTile';
import { whyNoObjectives } from '../objectives/whyNoObjectives';
import { toService, type ServiceRow } from '../services/ServiceStore';
import {
  asOfFeed,
  fedBy,
  type Feed,
  type SourceFeed,
} from '../sources/SourceFeed';
import { sourcesStanding } from '../sources/sourcesStanding';
import { whyEmpty } from '../sources/whyEmpty';
import { changesTile } from './changesTile';
import { emptyTile } from './emptyTiles';
import { lastKnownGood } from './lastKnownGood';
import { partStandings } from './partStandings';
import { runningVersions } from './runningVersions';
import { serviceHeader } from './serviceHeader';
import type { SummaryReads } from './SummaryReads';

type Environments = ServiceSummary['environments'];

/** Header and tiles of a service's page, in one call and few queries. */
export class ServiceSummaryBuilder {
  readonly #reads: SummaryReads;
  readonly #applications: ApplicationReads;
  readonly #objectives: ObjectiveReads;
  readonly #incidents: IncidentList;
  readonly #onCall: OnCallReads;
  readonly #feed: SourceFeed;
  readonly #sources: () => Source[];
  readonly #rules: EnvironmentRule[];

  private constructor(options: ServiceSummaryOptions) {
    this.#reads = options.reads;
    this.#applications = options.applications;
    this.#objectives = options.objectives;
    this.#incidents = options.incidents;
    this.#onCall = options.onCall;
    this.#sources = options.sources;
    this.#feed = options.feed;
    this.#rules = options.environments;
  }

  static create(options: ServiceSummaryOptions): ServiceSummaryBuilder {
    return new ServiceSummaryBuilder(options);
  }

  async build(options: {
    service: ServiceRow;
    credentials: BackstageCredentials;
    environment?: string;
    range: Range;
    /** Epoch milliseconds. */
    now: number;
  }): Promise<ServiceSummary> {
    const { service, credentials, range, now } = options;
    const [feed, withData] = await Promise.all([
      this.#feed.of({ serviceId: service.id, credentials }),
      this.#reads.environments(service.id),
    ]);
    const environments = this.#environments(withData);
    const environment = options.environment ?? defaultEnvironment(environments);
    const at = { serviceId: service.id, environment };
    const observers = await loadObservers({
      feed: this.#feed,
      sources: this.#sources,
      now,
    });
    const { configured } = observers;
    const measurers = measurersOf({
      configured,
      sources: this.#sources(),
      now,
    });
    const [
      applications,
      objectives,
      running,
      live,
      counted,
      incidents,
      onCall,
    ] = await Promise.all([
      this.#applications.ofServices({ serviceIds: [service.id], observers }),
      this.#objectives.allOf({ serviceId: service.id, measurers }),
      this.#reads.running(service.id),
      this.#reads.live(at),
      this.#reads.days({ ...at, range }),
      this.#incidents.standing({ ...at, range }),
      this.#onCall.of({ serviceIds: [service.id], now }),
    ]);
    const good = lastKnownGood({ deployments: live, now });
    const asOf = asOfFeed(feed, now);
    return {
      service: toService(service),
      environment,
      environments,
      from: iso(range.from),
      to: iso(range.to),
      asOf: asOf === undefined ? undefined : iso(asOf),
      sources: sourcesOf(feed, now),
      parts: partStandings({ feed, now }),
      header: {
        ...serviceHeader(service),
        running: byImportance(runningVersions(running), environments),
        onCall,
        lastKnownGood: good && {
          version: good.version,
          deploymentId: good.id,
          deployedAt: iso(good.finishedAt),
        },
      },
      tiles: {
        sync: syncTile({
          applications: applications.get(service.id) ?? [],
          observers,
          whyEmpty: () => whyNoApplications({ service, feed }),
        }),
        objectives: objectivesTile({
          objectives,
          measurers,
          whyEmpty: () =>
            whyNoObjectives({
              service,
              feed,
              hasMeasurer: measurers.size > 0,
            }),
        }),
        incidents: incidentsTileOf({
          incidents,
          service,
          feed,
          range,
          environment,
        }),
        changes: changesTile({
          ...counted,
          range,
          asOf: asOfFeed(feed, now, 'changes'),
          whyEmpty:
            counted.days.length > 0
              ? undefined
              : whyEmpty({
                  of: 'timeline',
                  service,
                  feed,
                  range,
                  environment,
                  latestAt: await this.#reads.latestBefore({
                    ...at,
                    of: 'timeline',
                    before: range.from,
                  }),
                }),
        }),
        cost: emptyTile('cost'),
      },
    };
  }

  /** The configured ones, then those only the data names. */
  #environments(withData: string[]): Environments {
    const has = new Set(withData);
    const configured = this.#rules.map(({ name, tier, targets }) => ({
      name,
      tier,
      targets,
      hasData: has.has(name),
    }));
    const names = new Set(configured.map(({ name }) => name));
    const others = withData
      .filter(word => !names.has(word))
      .map(word => ({
        name: word,
        tier: resolveEnvironment({ word, rules: this.#rules }).tier,
        hasData: true,
      }));
    return [...configured, ...others];
  }
}

/** What the summary is made with. */
export interface ServiceSummaryOptions {
  reads: SummaryReads;
  applications: ApplicationReads;
  objectives: ObjectiveReads;
  incidents: IncidentList;
  onCall: OnCallReads;
  feed: SourceFeed;
  /** Every configured source. */
  sources: () => Source[];
  environments: EnvironmentRule[];
}

/** The first of production's tier with data, else any with data, else the first of production's. */
function defaultEnvironment(environments: Environments): string {
  const chosen =
    environments.find(each => each.hasData && each.tier === 'production') ??
    environments.find(each => each.hasData) ??
    environments.find(each => each.tier === 'production') ??
    environments[0];
  return chosen?.name ?? 'production';
}

const tiers = ['production', 'staging', 'testing', 'development'];

/** Production first, and each tier in the order of the configuration. */
function byImportance(
  running: RunningVersion[],
  environments: Environments,
): RunningVersion[] {
  const rank = ({ environment }: RunningVersion) => {
    const at = environments.findIndex(({ name }) => name === environment);
    const tier = tiers.indexOf(environments[at]?.tier ?? '');
    return (tier < 0 ? tiers.length : tier) * environments.length + at;
  };
  return [...running].sort((a, b) => rank(a) - rank(b));
}

function sourcesOf(feed: Feed, now: number): ServiceSummary['sources'] {
  const sources = fedBy(feed);
  return {
    titles: sources.map(({ title }) => title),
    posted: feed.posted,
    ...sourcesStanding({ sources, now }),
  };
}
