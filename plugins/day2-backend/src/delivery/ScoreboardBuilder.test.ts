import {
  cellOf,
  DAY_MS,
  type MemberSpan,
} from '@day2/backstage-plugin-day2-common';
import type { DeliveryReads, SummedPiece } from './DeliveryReads';
import { ScoreboardBuilder } from './ScoreboardBuilder';

jest.setTimeout(60_000);

const TO = Date.parse('2026-11-02T00:00:00Z');
const YEARS_10 = 3_650;

/** A deployment a week of each service, as cells have them. */
function reads(options: { spans: MemberSpan[] }): DeliveryReads {
  const empty = cellOf([]);
  const cell = { ...empty, counts: { ...empty.counts, deployments: 1 } };
  const pieces: SummedPiece[] = options.spans.flatMap(
    ({ serviceId, from, to }) =>
      Array.from({ length: Math.ceil((to - from) / (7 * DAY_MS)) }, (_, n) => ({
        serviceId,
        at: from + n * 7 * DAY_MS,
        cell,
      })),
  );
  return {
    pieces: async () => pieces,
    firstOf: async () =>
      new Map(options.spans.map(({ serviceId, from }) => [serviceId, from])),
  } as unknown as DeliveryReads;
}

async function build(options: { days: number; services: number }) {
  const range = { from: TO - options.days * DAY_MS, to: TO };
  const spans = Array.from({ length: options.services }, (_, n) => ({
    serviceId: `s${n}`,
    assumed: false,
    ...range,
  }));
  const builder = await ScoreboardBuilder.create({
    reads: reads({ spans }),
    request: {
      environments: ['production'],
      range,
      zone: 'Europe/Berlin',
      now: TO,
      compare: false,
      trend: true,
      ownBorders: [],
    },
  });
  return () =>
    builder.row({
      grouping: 'organisation',
      title: 'All',
      members: { spans, services: spans.length, hidden: 0, assumed: false },
      before: [],
    });
}

describe('a board of ten years', () => {
  it('has all of them in its figures, and the last two years by week', async () => {
    const row = await (await build({ days: YEARS_10, services: 2 }))();
    const frequency = row.figures.find(
      ({ metric }) => metric === 'deploymentFrequency',
    )!;
    expect(frequency.figure.n).toBe(2 * Math.ceil(YEARS_10 / 7));
    const weeks = frequency.trend!;
    expect(weeks).toHaveLength(105);
    expect(Date.parse(weeks[104].to)).toBe(TO);
    const days = (TO - Date.parse(weeks[0].from)) / DAY_MS;
    expect(Math.round(days / 365)).toBe(2);
    expect(weeks.slice(1, -1).every(({ figure }) => figure.n === 2)).toBe(true);
  });

  it('lets others be answered while it is built', async () => {
    const row = await build({ days: YEARS_10, services: 500 });
    let turns = 0;
    let isBuilt = false;
    const turn = () => {
      turns += 1;
      if (!isBuilt) {
        setImmediate(turn);
      }
    };
    setImmediate(turn);
    await row();
    isBuilt = true;
    expect(turns).toBeGreaterThan(3);
  });
});
