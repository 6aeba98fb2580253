import {
  DAY_MS,
  type FleetRow,
  type FleetState,
  type Tile,
  type WhyEmpty,
} from '@day2/backstage-plugin-day2-common';
import { iso, type Range } from '../http/range';
import { toService, type ServiceRow } from '../services/ServiceStore';
import { changesTile } from '../summary/changesTile';
import type { Measurers } from '../objectives/measurers';
import type { ObjectiveNow } from '../objectives/objectiveNow';
import { objectivesTile } from '../objectives/objectivesTile';
import { emptyTile } from '../summary/emptyTiles';
import type { ServiceActivity } from './FleetActivity';
import { summarizeSync, type ShownApplication } from './syncSummary';

/** A service in one row: the states of its tiles. */
export function fleetRow(options: {
  service: ServiceRow;
  applications: ShownApplication[];
  /** Why it has none. */
  whyNoSync: string;
  objectives: ObjectiveNow[];
  measurers: Measurers;
  incidents: FleetState;
  running?: { version: string; since: number };
  activity?: ServiceActivity;
  range: Range;
}): FleetRow {
  const { service, running } = options;
  return {
    service: toService(service),
    version: running?.version,
    deployedAt: running && iso(running.since),
    sync: syncState(options),
    objectives: toState(
      objectivesTile({ ...options, whyEmpty: whyNoObjectives }),
    ),
    incidents: options.incidents,
    changes: changesState(options),
    cost: toState(emptyTile('cost')),
  };
}

function syncState(options: {
  applications: ShownApplication[];
  whyNoSync: string;
}): FleetState {
  const summary = summarizeSync(options.applications);
  if (!summary) {
    return {
      state: 'empty',
      headline: 'No sync state',
      why: options.whyNoSync,
    };
  }
  const { state, headline, detail, at, unobserved } = summary;
  return {
    state,
    headline,
    detail,
    at: at === undefined ? undefined : iso(at),
    unobserved,
  };
}

function changesState(options: {
  activity?: ServiceActivity;
  range: Range;
}): FleetState {
  const { activity, range } = options;
  const days = Math.round((range.to - range.from) / DAY_MS);
  const tile = changesTile({
    days: activity
      ? [{ ...activity, day: Math.floor(range.from / DAY_MS) }]
      : [],
    range,
    latestAt: activity?.latestAt,
  });
  return {
    ...toState(tile),
    ...(tile.state === 'empty'
      ? { why: `Nothing in the last ${days} days` }
      : {}),
  };
}

function whyNoObjectives(): WhyEmpty {
  return {
    reason: 'annotation-missing',
    text: 'No file says which objectives it has; its page tells how to begin',
  };
}

function toState({ state, headline, detail, at, empty }: Tile): FleetState {
  return { state, headline, detail, at, why: empty?.text };
}
