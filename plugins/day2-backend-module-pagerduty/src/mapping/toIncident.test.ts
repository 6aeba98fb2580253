import { Incident, LogEntry } from '../schema';
import { toIncident } from './toIncident';

const raw = {
  id: 'Q1',
  incident_number: 7,
  title: 'Cart is slow',
  description: 'Cart is slow',
  status: 'triggered',
  created_at: '2026-03-01T12:00:00+02:00',
  html_url: 'https://tern.pagerduty.example/incidents/Q1',
  service: { id: 'P1', summary: 'cart-prod' },
};

function read(
  more: object,
  options: { entries?: object[]; environments?: object[] } = {},
) {
  const entries = (options.entries ?? []).map((entry, n) =>
    LogEntry.parse({ id: `R${n}`, created_at: raw.created_at, ...entry }),
  );
  return toIncident(
    { incident: Incident.parse({ ...raw, ...more }), entries },
    {
      config: {
        name: 'main',
        fields: {},
        environments: (options.environments ?? []) as never,
      },
      directory: {
        personOf: ({ id }) => ({ namespace: 'pagerduty', key: id }),
      },
    },
  );
}

it.each<[string, object, object]>([
  ['nothing but what it must', {}, { title: 'Cart is slow', words: [] }],
  ['an offset', {}, { detectedAt: Date.UTC(2026, 2, 1, 10) }],
  ['no title', { title: null, summary: null }, { title: 'Incident 7' }],
  ['a title of lines', { title: 'a\nb\u202ec' }, { title: 'a b c' }],
  ['a text', { body: { details: 'long' } }, { description: 'long' }],
  ['an odd address', { html_url: 'ftp://host/' }, { url: undefined }],
  [
    'an address with a password',
    { html_url: 'https://me:x@host/' },
    { url: undefined },
  ],
  [
    'a priority by its name',
    { priority: { name: 'SEV-1' }, urgency: 'low' },
    {
      words: [
        { field: 'priority', word: 'SEV-1' },
        { field: 'urgency', word: 'low' },
      ],
    },
  ],
  ['odd words', { priority: 'P1', urgency: 3 }, { words: [] }],
  [
    'a team instead of a person',
    { assignments: [{ assignee: { id: 'T1', type: 'team_reference' } }, 'x'] },
    { assignees: undefined },
  ],
])('with %s', (_, more, expected) => {
  const { url, assignees, ...rest } = read(more);
  expect({ url, assignees, ...rest }).toMatchObject(expected);
});

it.each([
  [[{ environment: 'live' }], 'live'],
  [[{ service: /-(?<environment>prod)$/ }], 'prod'],
  [
    [
      { service: /x/, environment: 'a' },
      { title: /slow/, environment: 'b' },
    ],
    'b',
  ],
  [[{ service: /prod/, title: /fast/, environment: 'a' }], undefined],
  [[], undefined],
])('environment by rules, case %#', (environments, expected) => {
  expect(read({}, { environments }).environment).toBe(expected);
});

it('the instant of the last that happened is its version, messages aside', () => {
  const on = (day: number) => `2026-03-0${day}T00:00:00Z`;
  const { version } = read(
    { updated_at: on(2) },
    {
      entries: [
        { type: 'annotate_log_entry', created_at: on(4) },
        { type: 'notify_log_entry', created_at: on(6) },
      ],
    },
  );
  expect(version).toBe(Date.parse(on(4)));
});

it('an agent that is no person has acknowledged nothing by name', () => {
  const by = (type: string) =>
    read(
      {},
      {
        entries: [{ type: 'acknowledge_log_entry', agent: { id: 'A1', type } }],
      },
    ).acknowledgedBy;
  expect(by('service_reference')).toBeUndefined();
  expect(by('user_reference')).toEqual({ namespace: 'pagerduty', key: 'A1' });
});

it('notes are the newest fifty, cut', () => {
  const entries = Array.from({ length: 60 }, (_, n) => ({
    type: 'annotate_log_entry',
    created_at: new Date(Date.UTC(2026, 2, 2) + n * 1000).toISOString(),
    channel: { type: 'note', content: `${n} ${'x'.repeat(3000)}` },
  })).reverse();
  const { notes, description } = read({}, { entries });
  expect(notes).toHaveLength(50);
  expect(notes?.at(-1)).toMatch(/^59 x{1997}$/);
  expect(description).toMatch(/^10 /);
});
