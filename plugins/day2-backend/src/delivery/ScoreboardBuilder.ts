import {
  addTrend,
  calendarOf,
  compareFigures,
  figuresOf,
  groupBetterThanAtLeast,
  sumCells,
  periodBefore,
  placeInSurvey,
  weeksOf,
  type DeliveryCalendar,
  type DeliverySum,
  type DeliveryFigure,
  type MemberSpan,
  type ScoreboardGrouping,
  type ScoreboardRow,
  type TimeRange,
  type WeekRange,
} from '@day2/backstage-plugin-day2-common';
import { Breather, chunksOf } from '../database';
import type { DeliveryReads } from './DeliveryReads';
import { DeliverySums } from './DeliverySums';
import type { Members } from './MemberGroups';

/** Two years: figures of each week of ten are of no use to anybody, and long work. */
const MAX_WEEKS = 105;
const SPANS_AT_ONCE = 50;

/** Figures that have a place in the survey. */
const SURVEYED = [
  'deploymentFrequency',
  'changeLeadTime',
  'failedDeploymentRecoveryTime',
] as const;

/** What rows are built for. */
export interface BuildRequest {
  environments: string[];
  range: TimeRange;
  /** IANA time zone. */
  zone: string;
  compare: boolean;
  /** By week, of the last two years of the range. */
  trend: boolean;
  now: number;
  /** Services that are read; absent: all. */
  serviceIds?: string[];
  /** Instants at which single services change groups. */
  ownBorders: { serviceId: string; at: number }[];
}

/** A row to build: whose deployments it sums. */
export interface RowRequest {
  grouping: ScoreboardGrouping;
  ref?: string;
  title: string;
  members: Members;
  /** Of the period before. */
  before: readonly MemberSpan[];
}

/**
 * Builds rows of figures from sums that are read at once, and lets the portal
 * answer others meanwhile.
 */
export class ScoreboardBuilder {
  readonly #request: BuildRequest;
  readonly #sums: DeliverySums;
  readonly #firstOf: Map<string, number>;
  readonly #weeks: WeekRange[];
  readonly #ofService = new Map<string, DeliveryFigure[]>();
  readonly #breather = Breather.create();
  readonly #calendars = new Map<TimeRange, DeliveryCalendar>();
  readonly before: TimeRange;

  private constructor(options: {
    request: BuildRequest;
    before: TimeRange;
    weeks: WeekRange[];
    sums: DeliverySums;
    firstOf: Map<string, number>;
  }) {
    this.#request = options.request;
    this.before = options.before;
    this.#weeks = options.weeks;
    this.#sums = options.sums;
    this.#firstOf = options.firstOf;
  }

  /** Reads what the rows are summed from: two queries or three, however many rows. */
  static async create(options: {
    reads: DeliveryReads;
    request: BuildRequest;
  }): Promise<ScoreboardBuilder> {
    const { reads, request } = options;
    const { range, zone } = request;
    const before = periodBefore({ ...range, zone });
    const read = request.compare ? { from: before.from, to: range.to } : range;
    const weeks = request.trend
      ? weeksOf({ ...range, zone }).slice(-MAX_WEEKS)
      : [];
    const borders = [
      read.from,
      range.from,
      range.to,
      ...weeks.map(({ from }) => from),
    ];
    const [pieces, firstOf] = await Promise.all([
      reads.pieces({ ...request, range: read, borders }),
      reads.firstOf(request),
    ]);
    const sums = DeliverySums.create({ ...request, pieces, borders });
    return new ScoreboardBuilder({ request, before, weeks, sums, firstOf });
  }

  async row(row: RowRequest): Promise<ScoreboardRow> {
    const { range, compare, trend } = this.#request;
    const { spans, services, hidden, assumed } = row.members;
    const weeks: { week: WeekRange; cell: DeliverySum }[] = [];
    for (const week of this.#weeks) {
      weeks.push({ week, cell: await this.#sum(spans, week) });
    }
    const knownSince = this.#knownSince(spans);
    const rest = { from: range.from, to: weeks[0]?.week.from ?? range.to };
    let figures = this.#figures({
      cell: sumCells([
        await this.#sum(spans, rest),
        ...weeks.map(({ cell }) => cell),
      ]),
      range,
      knownSince,
    });
    await this.#breather.breathe();
    if (compare) {
      figures = compareFigures({
        figures,
        before: this.#figures({
          cell: await this.#sum(row.before, this.before),
          range: this.before,
          knownSince: this.#knownSince(row.before),
        }),
      });
    }
    if (trend) {
      const byWeek: { week: WeekRange; figures: DeliveryFigure[] }[] = [];
      for (const { week, cell } of weeks) {
        const ofWeek = this.#figures({ cell, range: week, knownSince });
        byWeek.push({ week, figures: ofWeek });
        await this.#breather.breathe();
      }
      figures = addTrend({ figures, weeks: byWeek });
    }
    return {
      grouping: row.grouping,
      ref: row.ref,
      title: row.title,
      services,
      hidden,
      membershipAssumed: assumed,
      figures:
        row.grouping === 'service'
          ? placeInSurvey(figures)
          : await this.#placeGroup(figures, spans),
    };
  }

  async #sum(
    spans: readonly MemberSpan[],
    range: TimeRange,
  ): Promise<DeliverySum> {
    const parts: DeliverySum[] = [];
    for (const some of chunksOf(spans, SPANS_AT_ONCE)) {
      parts.push(this.#sums.of({ spans: some, range }));
      await this.#breather.breathe();
    }
    return parts.length === 1 ? parts[0] : sumCells(parts);
  }

  #figures(of: {
    cell: DeliverySum;
    range: TimeRange;
    knownSince?: number;
  }): DeliveryFigure[] {
    const { zone, now } = this.#request;
    const calendar = this.#calendar(of.range);
    return figuresOf({ ...of, zone, now, calendar });
  }

  /** When the first deployment of any of them finished. */
  #knownSince(spans: readonly MemberSpan[]): number | undefined {
    let least: number | undefined;
    for (const { serviceId } of spans) {
      const at = this.#firstOf.get(serviceId);
      least = at === undefined || (least ?? Infinity) < at ? least : at;
    }
    return least;
  }

  #calendar(range: TimeRange): DeliveryCalendar {
    const { zone, now } = this.#request;
    const known =
      this.#calendars.get(range) ?? calendarOf({ range, zone, now });
    this.#calendars.set(range, known);
    return known;
  }

  /** Of a group it is the place of the median of its services. */
  async #placeGroup(
    figures: DeliveryFigure[],
    spans: readonly MemberSpan[],
  ): Promise<DeliveryFigure[]> {
    const byService = new Map<string, MemberSpan[]>();
    for (const span of spans) {
      const known = byService.get(span.serviceId) ?? [];
      byService.set(span.serviceId, [...known, span]);
    }
    const all: DeliveryFigure[][] = [];
    for (const [id, own] of byService) {
      all.push(this.#service(id, own));
      await this.#breather.breathe();
    }
    return figures.map(each => {
      const metric = SURVEYED.find(name => name === each.metric);
      const betterThanPercent =
        metric &&
        groupBetterThanAtLeast({
          metric,
          values: all.map(
            own => own.find(figure => figure.metric === metric)?.figure.value,
          ),
        });
      return betterThanPercent === undefined
        ? each
        : {
            ...each,
            survey: { betterThanPercent, of: 'median-of-services' as const },
          };
    });
  }

  /** A service is in many groups, for the same time in most of them. */
  #service(id: string, spans: readonly MemberSpan[]): DeliveryFigure[] {
    const key = [id, ...spans.flatMap(({ from, to }) => [from, to])].join(' ');
    const { range } = this.#request;
    const known =
      this.#ofService.get(key) ??
      this.#figures({
        cell: this.#sums.of({ spans, range }),
        range,
        knownSince: this.#knownSince(spans),
      });
    this.#ofService.set(key, known);
    return known;
  }
}
