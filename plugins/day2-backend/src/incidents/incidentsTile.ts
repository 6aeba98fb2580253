import type { Tile } from '@day2/backstage-plugin-day2-common';
import { iso, type Range } from '../http/range';
import type { ServiceRow } from '../services/ServiceStore';
import { oldestSuccess, type Feed } from '../sources/SourceFeed';
import type { StandingIncidents } from './IncidentList';
import { whyNoIncidents } from './whyNoIncidents';
import { whyNotKnown } from './whyNotKnown';

/** The tile of incidents: those that are not over, the most pressing one's priority. */
export function incidentsTileOf(options: {
  incidents: StandingIncidents;
  service: ServiceRow;
  feed: Feed;
  range: Range;
  environment: string;
}): Tile {
  const { feed } = options;
  const { unresolved, inRange, latestAt } = options.incidents;
  const telling = feed.configured.filter(
    ({ id, kinds }) => feed.feedingIds.has(id) && kinds.includes('incident'),
  );
  const read = oldestSuccess(telling);
  const asOf = read === undefined ? undefined : iso(read);
  const open = unresolved.filter(({ state }) => state === 'open');
  const figures = [
    { value: open.length, unit: 'open', n: inRange },
    { value: unresolved.length - open.length, unit: 'mitigated', n: inRange },
    { value: inRange, unit: 'incidents', n: inRange },
  ];
  const standing = unresolvedState(unresolved);
  if (standing) {
    return { ...standing, figures, asOf };
  }
  const notKnown = whyNotKnown(telling);
  if (notKnown) {
    return {
      state: 'unknown',
      headline: 'Not known',
      detail: notKnown,
      figures,
      asOf,
    };
  }
  if (inRange > 0) {
    return {
      state: 'ok',
      headline: 'None open',
      detail: `${inRange} in the range`,
      figures,
      asOf,
    };
  }
  const why = whyNoIncidents({ ...options, latestAt });
  // “No incidents” would be a figure, and a good one, where nobody would tell.
  return why.reason === 'nothing-found'
    ? { state: 'ok', headline: 'No incidents', detail: why.text, figures, asOf }
    : {
        state: 'empty',
        headline:
          why.reason === 'annotation-missing' ||
          why.reason === 'source-not-configured'
            ? 'Not set up'
            : 'Not known',
        figures: [],
        empty: why,
      };
}

/** How it stands where some are not over: undefined where all are. */
export function unresolvedState(
  unresolved: StandingIncidents['unresolved'],
): Pick<Tile, 'state' | 'headline' | 'at'> | undefined {
  if (unresolved.length === 0) {
    return undefined;
  }
  const open = unresolved.filter(({ state }) => state === 'open');
  const priorities = unresolved.flatMap(({ priority }) => priority ?? []);
  return {
    state: open.some(({ priority }) => (priority ?? 3) <= 3)
      ? 'bad'
      : 'attention',
    headline: [
      open.length > 0
        ? `${open.length} open`
        : `${unresolved.length} mitigated`,
      ...(priorities.length > 0 ? [`P${Math.min(...priorities)}`] : []),
    ].join('  '),
    at: iso(Math.min(...unresolved.map(({ startedAt }) => startedAt))),
  };
}
