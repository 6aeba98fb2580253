/** More are left out of an answer, and counted. @public */
export const MAX_METRIC_SERIES = 50;
/** A query may ask for so many instants at most. @public */
export const MAX_METRIC_POINTS = 500;

/** A line of a graph. @public */
export interface MetricSeries {
  labels: Record<string, string>;
  /** In order; `at` epoch milliseconds, the value a finite number. */
  points: { at: number; value: number }[];
}

/** An alert of a rule that is pending or fires. @public */
export interface RuleAlert {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  state: 'pending' | 'firing';
  /** Epoch milliseconds. */
  activeAt?: number;
  /** Absent where it is no finite number. */
  value?: number;
}

/** A rule of alerts as its tool evaluates it. @public */
export interface AlertRule {
  name: string;
  group: string;
  query: string;
  /** For so long its query must hold before it fires. */
  durationSeconds: number;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  /** Of the worst of its alerts; unknown where it cannot be evaluated. */
  state: 'firing' | 'pending' | 'inactive' | 'unknown';
  /** Why it cannot be evaluated. */
  error?: string;
  alerts: RuleAlert[];
  /** There are so many alerts more than are given. */
  alertsLeftOut?: number;
  /** Epoch milliseconds. */
  evaluatedAt?: number;
}

/**
 * Answers queries over time and says how rules of alerts stand. A service finds
 * it by the names of `Source.measures`.
 *
 * @public
 */
export interface MetricReader {
  /**
   * A query from one instant to another, both included: at most
   * `MAX_METRIC_POINTS` instants, and `MAX_METRIC_SERIES` series of them.
   *
   * @throws SourceError in plain words, of a query that is refused too
   */
  queryRange(options: {
    query: string;
    /** Epoch milliseconds, whole seconds. */
    from: number;
    to: number;
    stepSeconds: number;
    signal: AbortSignal;
  }): Promise<{
    series: MetricSeries[];
    /** There are so many series more than are given. */
    leftOut?: number;
  }>;

  /**
   * Every rule of alerts.
   *
   * @throws SourceError in plain words
   */
  alertRules(options: { signal: AbortSignal }): Promise<AlertRule[]>;
}
