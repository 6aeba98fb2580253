import type {
  IncidentRecord,
  TimelineEntry,
} from '@day2/backstage-plugin-day2-common';
import type { Answers } from '../src/__testUtils__/fakeApi';
import {
  aPastIncident,
  aSuspect,
  anAlert,
  anIncident,
  anIncidentAnswer,
  aReference,
  someOnCall,
} from '../src/__testUtils__/incidentRecords';
import { anEntry } from '../src/__testUtils__/records';

const hour = 3_600_000;

/** Incidents that live in the browser; what is said of them is kept until reload. */
export function fakeIncidents(options: {
  mood: () => string;
  guard: <T>(answer: () => T) => T;
}): Answers {
  const { guard, mood } = options;
  const ago = (hours: number) =>
    new Date(Date.now() - hours * hour).toISOString();
  const asOf = () => ago(0.004);
  const said: ReturnType<typeof anIncidentAnswer>['said'] = [];
  const say = (text: string, why?: string) => {
    said.unshift({
      id: `said-${said.length}`,
      at: ago(0),
      person: { id: 'p-ana', name: 'Ana' },
      text,
      why,
    });
    return text;
  };
  const list = () => (mood() === 'empty' ? [] : incidents(ago));
  const empty =
    mood() === 'empty'
      ? {
          reason: 'source-not-configured' as const,
          text: 'No source tells of incidents.',
          fix: {
            text: 'Add PagerDuty or an Alertmanager.',
            config: 'day2:\n  pagerduty:\n    accounts:\n      - name: main',
            docs: 'docs/pagerduty.md',
          },
        }
      : undefined;
  const onCall = [
    someOnCall({ until: ago(-6) }),
    someOnCall({
      person: { id: 'p-bo', name: 'Bo' },
      level: 2,
      schedule: 'Payments backup',
      until: undefined,
    }),
  ];
  return {
    listServiceIncidents: ({ query }) =>
      guard(() => ({
        asOf: asOf(),
        onCall: mood() === 'empty' ? [] : onCall,
        empty,
        items: list().filter(
          ({ state }) =>
            query?.state === undefined ||
            (query.state === 'unresolved') === (state !== 'resolved'),
        ),
      })),
    listIncidents: ({ query }) =>
      guard(() => ({
        asOf: asOf(),
        empty,
        items: list().filter(
          ({ priority, state, title }) =>
            (!query?.priority || priority === Number(query.priority)) &&
            (!query?.state ||
              state === query.state ||
              (query.state === 'unresolved' && state !== 'resolved')) &&
            title.toLowerCase().includes((query?.text ?? '').toLowerCase()),
        ),
        facets: {
          owners: ['group:default/payments'],
          systems: ['system:default/payments'],
          unresolved: 2,
        },
      })),
    getIncident: ({ params }) =>
      guard(() =>
        anIncidentAnswer({
          incident: list().find(({ id }) => id === params.id) ?? list()[0],
          suspects: [
            aSuspect({ at: ago(3), id: 'dep-0' }),
            aSuspect({
              id: 'chg-1',
              kind: 'change',
              label: 'Round refunds half to even (#199)',
              state: 'candidate',
              probability: 0.04,
              hops: 1,
              at: ago(20),
            }),
          ],
          before: [
            anEntry({ recordId: 'dep-0', at: ago(3) }),
            anEntry({
              id: 'e-chg-1',
              kind: 'change',
              recordId: 'chg-1',
              at: ago(20),
              title: 'Round refunds half to even (#199)',
              status: 'neutral',
            }),
          ],
          said: [...said],
          onCall,
          canEdit: mood() !== 'readonly',
          asOf: asOf(),
        }),
      ),
    sayOfIncident: ({ params, body }) => ({
      done: say(
        `The ${body.field} is ${body.value ?? 'not there yet'}.`,
        body.why,
      ),
      incidentId: params.id,
    }),
    groupIncident: ({ params, body }) => ({
      done: say(
        body.kind === 'together' ? 'It is one with another.' : 'It is split.',
        body.why,
      ),
      incidentId: params.id,
    }),
    judgeSuspect: ({ params, body }) => ({
      done: say(`${body.candidate} is ${body.verdict}.`, body.why),
      incidentId: params.id,
    }),
    takeBackOfIncident: ({ params, body }) => {
      const entry = said.find(({ id }) => id === body.said);
      if (entry) {
        entry.takenBack = {
          at: ago(0),
          person: { id: 'p-ana', name: 'Ana' },
        };
      }
      return { done: 'It counts no more.', incidentId: params.id };
    },
  };
}

/** Two that are not over, and some that are. */
function incidents(ago: (hours: number) => string): IncidentRecord[] {
  const word = (hours: number, title = 'PagerDuty') => ({
    at: ago(hours),
    words: [
      {
        at: ago(hours),
        origin: {
          kind: 'reference' as const,
          source: 'pagerduty:main',
          key: 'PD1',
          title,
        },
      },
    ],
  });
  const none = { words: [] };
  return [
    anIncident({
      title: 'Card captures fail for one in ten customers',
      startedAt: ago(2.8),
      instants: {
        impactStartedAt: {
          at: ago(2.8),
          words: [
            {
              at: ago(2.8),
              origin: {
                kind: 'person',
                person: { id: 'p-ana', name: 'Ana' },
                saidAt: ago(1),
                why: 'The first customer called',
              },
            },
            ...word(2.7, 'Alertmanager').words,
          ],
        },
        detectedAt: word(2.75, 'Alertmanager'),
        acknowledgedAt: word(2.6),
        mitigatedAt: none,
        resolvedAt: none,
      },
      references: [
        anAlert({
          detectedAt: ago(2.75),
          suppressed: {
            by: 'silence',
            until: ago(-2),
            text: 'Ana looks at it',
          },
        }),
        aReference({ detectedAt: ago(2.7) }),
      ],
      hidden: 1,
      contradictions: [
        {
          code: 'order',
          text: 'PagerDuty says that it was acknowledged before it was detected',
        },
      ],
      suspect: {
        id: 'dep-0',
        kind: 'deployment',
        label: '2.200.0 in production',
        state: 'suspected',
        probability: 0.93,
      },
    }),
    aPastIncident({
      id: 'inc-2',
      title: 'Ledger bookings are late',
      state: 'mitigated',
      priority: 3,
      startedAt: ago(8),
      instants: {
        impactStartedAt: word(8),
        detectedAt: word(7.9),
        acknowledgedAt: word(7.8),
        mitigatedAt: word(6),
        resolvedAt: none,
      },
    }),
    ...[60, 150, 260].map((hours, index) =>
      aPastIncident({
        id: `inc-${index + 3}`,
        startedAt: ago(hours),
        priority: index === 1 ? undefined : 4,
        instants: {
          impactStartedAt: word(hours),
          detectedAt: word(hours - 0.1),
          acknowledgedAt: word(hours - 0.3),
          mitigatedAt: word(hours - 1 - index),
          resolvedAt: word(hours - 2 - index),
        },
      }),
    ),
  ];
}

/** The same as the timeline has them. */
export function incidentEntries(
  ago: (hours: number) => string,
): TimelineEntry[] {
  return incidents(ago).map(incidentEntry);
}

/** An incident as the timeline has it. */
function incidentEntry(incident: IncidentRecord): TimelineEntry {
  const { id, instants, priority, startedAt, state, title } = incident;
  const status = {
    open: 'failed',
    mitigated: 'attention',
    resolved: 'neutral',
  };
  return {
    id: `e-${id}`,
    kind: 'incident',
    recordId: id,
    at: startedAt,
    until: instants.mitigatedAt.at ?? instants.resolvedAt.at,
    environment: 'production',
    title,
    detail: [priority && `P${priority}`, state].filter(Boolean).join(', '),
    status: status[state] as TimelineEntry['status'],
    flags: [],
  };
}
