import { annotations } from '../annotations';
import { parseAlertMatchers, type AlertMatcher } from './alertMatchers';
import { commaList } from './pathPattern';
import type { MatchableService } from './ServiceIndex';

/** One set of `day2/alerts`. */
export interface AlertMatchersEntry {
  service: MatchableService;
  text: string;
  matchers: AlertMatcher[];
}

/** One name of `prometheus.io/alert`, with the labels beside it. */
export interface AlertNameEntry {
  service: MatchableService;
  requirements: { key: string; value: string }[];
}

const ALL = 'all';

/** Services by what their annotations say of alerts. */
export class AlertIndex {
  // By the first `label=value` they demand; '' for those that demand none.
  readonly #matchers = new Map<string, AlertMatchersEntry[]>();
  readonly #names = new Map<string, AlertNameEntry[]>();

  private constructor() {}

  static create(): AlertIndex {
    return new AlertIndex();
  }

  add(service: MatchableService): void {
    const text = service.annotations[annotations.alerts]?.trim();
    if (text) {
      for (const matchers of parseAlertMatchers(text)) {
        const fixed = matchers.find(
          ({ negated, value }) => !negated && value !== undefined && value,
        );
        push(this.#matchers, fixed ? `${fixed.label}=${fixed.value}` : '', {
          service,
          text,
          matchers,
        });
      }
      return;
    }
    const requirements = commaList(
      service.annotations[annotations.prometheusLabels],
    ).flatMap(item => {
      const [, key, value] = /^([^=]+)=(.*)$/.exec(item) ?? [];
      return key ? [{ key: key.trim(), value: value.trim() }] : [];
    });
    for (const name of commaList(
      service.annotations[annotations.prometheusAlert],
    )) {
      // All alerts of all services are nobody's.
      if (name !== ALL || requirements.length > 0) {
        push(this.#names, name, { service, requirements });
      }
    }
  }

  /** Matchers that may select an alert of these labels. */
  matchersFor(labels: Record<string, string>): AlertMatchersEntry[] {
    return [
      ...(this.#matchers.get('') ?? []),
      ...Object.entries(labels).flatMap(
        ([key, value]) => this.#matchers.get(`${key}=${value}`) ?? [],
      ),
    ];
  }

  /** Those that name the alert, or all of their labels. */
  namesFor(alert: string): AlertNameEntry[] {
    return [
      ...(this.#names.get(alert) ?? []),
      ...(alert === ALL ? [] : this.#names.get(ALL) ?? []),
    ];
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}
