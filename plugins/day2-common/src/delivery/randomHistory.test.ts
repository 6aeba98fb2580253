import { DateTime } from 'luxon';
import { History } from './__testUtils__/history';
import { randomOf } from './__testUtils__/random';
import { DAY } from './__testUtils__/story';
import { mergeCells, cellOf, type DeliveryCell } from './cell';
import type { Delivery } from './delivery';
import { figuresOf } from './figuresOf';
import { memberSpansOf, type ServiceMoment } from './membership';
import { readPlanOf, type TimeRange } from './range';
import type { MembershipMode } from './scoreboard';

const START = Date.parse('2026-03-01T00:00Z');
const NOW = START + 90 * DAY;
const PRODUCTION = ['production', 'prod-eu'];
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu'];
const parents = new Map([
  ['leaf', ['branch']],
  ['branch', ['tree']],
]);
const below: Record<string, string[]> = {
  leaf: ['leaf'],
  branch: ['branch', 'leaf'],
  tree: ['tree', 'branch', 'leaf'],
  other: ['other'],
};
const day = (n: number) => START + n * DAY + 5_000_000;
const moments: ServiceMoment[] = [
  ['cart', 0, 23, 'leaf'],
  ['cart', 23, 41, 'other'],
  ['cart', 41, undefined, 'leaf'],
  ['till', 10, undefined, 'branch'],
  ['bank', 0, 30, 'other'],
  ['bank', 30, undefined, 'tree'],
  ['post', 0, 50, 'branch'],
  ['post', 50, undefined, undefined],
].map(([serviceId, from, to, owner]) => ({
  serviceId: serviceId as string,
  validFrom: day(from as number),
  validTo: to === undefined ? undefined : day(to as number),
  owner: owner as string | undefined,
  removed: owner === undefined,
}));

interface Asked {
  team: string;
  mode: MembershipMode;
  range: TimeRange;
  zone: string;
}

/** As the scoreboard reads: cells of whole UTC days, rows at the edges. */
function cellRead(history: History, asked: Asked): DeliveryCell {
  const parts: DeliveryCell[] = [];
  const spans = memberSpansOf({
    group: { grouping: 'team', ref: asked.team },
    mode: asked.mode,
    range: asked.range,
    moments,
    parents,
  });
  for (const span of spans) {
    const { days, edges } = readPlanOf(span);
    for (const environment of PRODUCTION) {
      const name = `${span.serviceId} ${environment}`;
      for (let at = days?.first ?? 0; at < (days?.end ?? 0); at += 1) {
        parts.push(
          ...[history.cell(name, at)].filter(cell => cell !== undefined),
        );
      }
      for (const { from, to } of edges) {
        parts.push(
          cellOf(
            (history.rows.get(name) ?? []).filter(
              ({ finishedAt }) => from <= finishedAt && finishedAt < to,
            ),
          ),
        );
      }
    }
  }
  return mergeCells(parts);
}

/** Straight from the rows, one after the other. */
function rowsRead(history: History, asked: Asked): Delivery[] {
  return [...history.rows].flatMap(([name, rows]) => {
    const [serviceId, environment] = name.split(' ');
    return rows.filter(({ finishedAt }) => {
      const own = moments.filter(each => each.serviceId === serviceId);
      const moment =
        asked.mode === 'now'
          ? own[own.length - 1]
          : own.filter(each => each.validFrom <= finishedAt).pop() ?? own[0];
      return (
        PRODUCTION.includes(environment) &&
        asked.range.from <= finishedAt &&
        finishedAt < asked.range.to &&
        !moment.removed &&
        below[asked.team].includes(moment.owner ?? '')
      );
    });
  });
}

function median(values: number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [(sorted.length - 1) / 2, sorted.length / 2];
  return sorted.length < 3
    ? undefined
    : (sorted[Math.floor(low + 0.25)] + sorted[Math.floor(high)]) / 2;
}

function rank(values: number[], share: number, least: number) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length < least
    ? undefined
    : sorted.find((_, i) => (i + 1) * 100 >= share * sorted.length);
}

function ratio(rows: Delivery[], is: (row: Delivery) => boolean) {
  return rows.length < 5 ? undefined : rows.filter(is).length / rows.length;
}

/** Figures by their definitions, without a cell. */
function expectedOf(rows: Delivery[], { range, zone }: Asked): unknown {
  const isOfD = rows.filter(row => row.countsAsDeployment);
  const changes = rows.filter(row => row.wentLive && !row.isRollback);
  const ended = rows.filter(({ rollout }) =>
    ['succeeded', 'failed'].includes(rollout),
  );
  const lead = rows.flatMap(row => row.lead.commits.map(each => each.seconds));
  const recovery = rows.flatMap(row => row.recovery?.seconds ?? []);
  const open = rows.filter(row => row.recovery?.how === 'open');
  const [from, to] = [range.from, range.to].map(at =>
    DateTime.fromMillis(at, { zone }),
  );
  const days = to.diff(from, 'days').days;
  const perWeek: number[] = [];
  let week = from.startOf('week');
  week = week < from ? week.plus({ weeks: 1 }) : week;
  for (; week.plus({ weeks: 1 }) <= to; week = week.plus({ weeks: 1 })) {
    const [first, end] = [week.toMillis(), week.plus({ weeks: 1 }).toMillis()];
    const inWeek = isOfD.filter(
      row => first <= row.finishedAt && row.finishedAt < end,
    );
    perWeek.push(
      new Set(
        inWeek.map(row =>
          DateTime.fromMillis(row.finishedAt, { zone }).toISODate(),
        ),
      ).size,
    );
  }
  const oldest = Math.min(...open.map(row => row.finishedAt));
  return [
    isOfD.length === 0 || days < 1 ? undefined : isOfD.length / days,
    isOfD.length === 0 ? undefined : median(perWeek),
    median(lead),
    rank(lead, 75, 4),
    rank(lead, 90, 10),
    median(recovery),
    rank(recovery, 75, 4),
    rank(recovery, 90, 10),
    open.length,
    ...(open.length > 0 ? [Math.round((NOW - oldest) / 1000)] : []),
    ratio(changes, row => row.isFailed),
    ratio(isOfD, row => row.isRework),
    ratio(ended, row => row.rollout === 'succeeded'),
  ];
}

it.each([1, 2, 3, 4])(
  'figures from cells are those from the rows, whatever came late, went, moved or was corrected (%d)',
  seed => {
    const random = randomOf(seed);
    const oneOf = <T>(items: readonly T[]): T =>
      items[Math.floor(random() * items.length)];
    const history = new History({ random, start: START });
    const seen = new Set<number>();
    for (let step = 1; step <= 400; step += 1) {
      history.step();
      if (step % 10 !== 0) {
        continue;
      }
      const zone = oneOf(ZONES);
      const midnight = (at: number) =>
        DateTime.fromMillis(at, { zone }).startOf('day').toMillis();
      const edge = random() < 0.5 ? midnight : (at: number) => Math.floor(at);
      const from = edge(START + random() * 30 * DAY);
      const asked: Asked = {
        team: oneOf(Object.keys(below)),
        mode: oneOf(['then', 'now']),
        range: { from, to: edge(from + (2 + random() * 40) * DAY) },
        zone,
      };
      const cell = cellRead(history, asked);
      const rows = rowsRead(history, asked);
      expect(cell).toEqual(cellOf(rows));
      const figures = figuresOf({ ...asked, cell, now: NOW });
      expect(
        figures.flatMap(({ figure, beside }) => [
          figure.value,
          ...beside.map(each => each.figure.value),
        ]),
      ).toEqual(expectedOf(rows, asked));
      figures.forEach(({ figure }, at) => {
        if (figure.value !== undefined) {
          seen.add(at);
        }
      });
    }
    // Each of the six had a value somewhere, so that it was held to something.
    expect(seen.size).toBe(6);
  },
);
