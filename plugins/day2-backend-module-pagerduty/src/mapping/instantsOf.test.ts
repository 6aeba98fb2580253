import { Incident, LogEntry } from '../schema';
import { instantsOf } from './instantsOf';

const start = Date.UTC(2026, 2, 1);
const at = (minutes: number) => start + minutes * 60_000;
const iso = (minutes: number) => new Date(at(minutes)).toISOString();

/** `trigger@0 acknowledge@5`: entries at minutes. */
function log(text: string): LogEntry[] {
  return text.split(' ').map((word, n) => {
    const [type, minutes] = word.split('@');
    return LogEntry.parse({
      id: `R${n}`,
      type: `${type}_log_entry`,
      created_at: iso(Number(minutes)),
    });
  });
}

function incident(status: string, changedAt: number, resolvedAt?: number) {
  return Incident.parse({
    id: 'Q1',
    status,
    created_at: iso(0),
    last_status_change_at: iso(changedAt),
    resolved_at: resolvedAt === undefined ? null : iso(resolvedAt),
    service: { id: 'P1' },
  });
}

const minutesOf = (ms: number | undefined) =>
  ms === undefined ? undefined : (ms - start) / 60_000;

it.each([
  ['open', 'triggered', 'trigger@0', undefined, undefined, []],
  ['taken', 'acknowledged', 'trigger@0 acknowledge@5', 5, undefined, []],
  ['over', 'resolved', 'trigger@0 acknowledge@5 resolve@9', 5, 9, []],
  ['never taken', 'resolved', 'trigger@0 resolve@9', undefined, 9, []],
  [
    'taken twice',
    'resolved',
    'trigger@0 acknowledge@3 unacknowledge@4 acknowledge@6 resolve@9',
    3,
    9,
    [],
  ],
  [
    'ended twice',
    'resolved',
    'trigger@0 resolve@7 resolve@9',
    undefined,
    7,
    [],
  ],
  [
    'opened again',
    'triggered',
    'trigger@0 resolve@5 reopen@7',
    undefined,
    undefined,
    [[5, 7]],
  ],
  [
    'opened again, which the log does not say',
    'triggered',
    'trigger@0 resolve@5',
    undefined,
    undefined,
    [[5, 99]],
  ],
  [
    'opened again twice, and over',
    'resolved',
    'trigger@0 resolve@5 reopen@7 resolve@8 trigger@9 acknowledge@10 resolve@99',
    10,
    99,
    [
      [5, 7],
      [8, 9],
    ],
  ],
  [
    'opened again and over, of which the log lacks the end',
    'resolved',
    'trigger@0 resolve@5 reopen@7',
    undefined,
    99,
    [[5, 7]],
  ],
  [
    'over, of which the log lacks the end',
    'resolved',
    'trigger@0',
    undefined,
    99,
    [],
  ],
  [
    'noted afterwards',
    'resolved',
    'trigger@0 resolve@5 annotate@7',
    undefined,
    5,
    [],
  ],
])('%s', (_, status, entries, acknowledged, resolved, gaps) => {
  const found = instantsOf(
    incident(status, 99, status === 'resolved' ? 99 : undefined),
    log(entries),
  );
  expect(minutesOf(found.acknowledged?.created_at)).toBe(acknowledged);
  expect(minutesOf(found.resolvedAt)).toBe(resolved);
  expect(
    found.gaps.map(gap => [
      minutesOf(gap.resolvedAt),
      minutesOf(gap.reopenedAt),
    ]),
  ).toEqual(gaps);
});

it('an assignment told after the end that it came with opens nothing', () => {
  const { gaps, resolvedAt } = instantsOf(
    incident('resolved', 9, 9),
    log('trigger@0 resolve@9 assign@9'),
  );
  expect([gaps, minutesOf(resolvedAt)]).toEqual([[], 9]);
});
