import type { Feed, FeedingSource } from '../sources/SourceFeed';
import type { ServiceRow } from '../services/ServiceStore';
import type { StandingIncidents } from './IncidentList';
import { incidentsTileOf } from './incidentsTile';

const read: FeedingSource = {
  id: 'pagerduty:main',
  title: 'PagerDuty main',
  kinds: ['incident'],
  lastSuccessAt: Date.parse('2026-11-20T12:00:00Z'),
};
const other: FeedingSource = { ...read, id: 'am', title: 'Alertmanager main' };
const refused: FeedingSource['error'] = {
  code: 'unreachable',
  text: 'it answers nothing',
};
const open: StandingIncidents['unresolved'] = [
  { state: 'open', priority: 1, startedAt: Date.parse('2026-11-20T11:00:00Z') },
];

function tile(
  configured: FeedingSource[],
  incidents: Partial<StandingIncidents> = {},
) {
  const { state, headline, detail } = incidentsTileOf({
    incidents: { unresolved: [], inRange: 2, ...incidents },
    service: { title: 'Cart' } as ServiceRow,
    feed: {
      configured,
      feedingIds: new Set([read.id, other.id]),
      subjectKinds: new Set(['alerts']),
      posted: false,
    } satisfies Feed,
    range: {
      from: Date.parse('2026-11-07T00:00:00Z'),
      to: Date.parse('2026-11-21T00:00:00Z'),
    },
    environment: 'production',
  });
  return [state, headline, detail].filter(Boolean).join(' | ');
}

it.each<[string, string, Parameters<typeof tile>]>([
  ['all are read', 'ok | None open | 2 in the range', [[read, other]]],
  [
    'one fails',
    'unknown | Not known | Alertmanager main could not be read: it answers nothing',
    [[read, { ...other, error: refused }]],
  ],
  [
    'one is paused',
    'unknown | Not known | Alertmanager main is paused: what opened since is not known until it goes on',
    [[read, { ...other, paused: true }]],
  ],
  [
    'one is paused, and nothing was in the range',
    'unknown | Not known | Alertmanager main is paused: what opened since is not known until it goes on',
    [[read, { ...other, paused: true }], { inRange: 0 }],
  ],
  [
    'one was never read',
    'unknown | Not known | Alertmanager main has not been read to its end yet',
    [[read, { ...other, lastSuccessAt: undefined }]],
  ],
  [
    'one that tells of no incidents is paused',
    'ok | None open | 2 in the range',
    [[read, { ...other, kinds: ['change'], paused: true }]],
  ],
  [
    'one is open, whatever else is not known',
    'bad | 1 open  P1',
    [[{ ...read, paused: true }], { unresolved: open }],
  ],
])('where %s: %s', (_, expected, given) => {
  expect(tile(...given)).toBe(expected);
});
