import type {
  NamedAlert,
  NamedAlertState,
  NamedMetrics,
} from '@day2/backstage-plugin-day2-common';
import type { AlertRule, RuleAlert } from '@day2/backstage-plugin-day2-node';
import { iso } from '../http/range';

/** More are left out of an answer, the least of them. */
const MAX_ITEMS = 200;
const order: NamedAlertState[] = ['firing', 'pending', 'unknown', 'inactive'];

/**
 * The alerts that a service names, the worst first: each that is pending or
 * fires, and a rule of which none does by itself.
 *
 * @param options - `rules`: those that it names
 */
export function namedAlertsOf(options: {
  named: NonNullable<NamedMetrics['alerts']>;
  rules: AlertRule[];
}): { items: NamedAlert[]; leftOut?: number; missing: string[] } {
  const { named, rules } = options;
  const items = rules
    .flatMap((rule, at) => ofRule({ named, rule, at }))
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const leftOut =
    items.length -
    Math.min(items.length, MAX_ITEMS) +
    rules.reduce((sum, rule) => sum + (rule.alertsLeftOut ?? 0), 0);
  const known = new Set(rules.map(({ name }) => name));
  return {
    items: items.slice(0, MAX_ITEMS),
    ...(leftOut > 0 ? { leftOut } : {}),
    missing: named.names.filter(name => !known.has(name)),
  };
}

function ofRule(options: {
  named: NonNullable<NamedMetrics['alerts']>;
  rule: AlertRule;
  at: number;
}): NamedAlert[] {
  const { named, rule, at } = options;
  const wanted = Object.entries(named.labels);
  const has = (labels: Record<string, string>) =>
    wanted.every(([key, value]) => own(labels, key) === value);
  const alerts = rule.alerts.filter(({ labels }) => has(labels));
  if (alerts.length > 0) {
    return alerts.map((alert, index) =>
      shown({ rule, alert, id: `${at}.${index}` }),
    );
  }
  // Labels of its series are not known while it has no alert.
  const mayHave = wanted.every(
    ([key, value]) => (own(rule.labels, key) ?? value) === value,
  );
  const isNamed = named.names.includes(rule.name);
  return (isNamed ? mayHave : has(rule.labels))
    ? [shown({ rule, id: `${at}` })]
    : [];
}

function shown(options: {
  rule: AlertRule;
  alert?: RuleAlert;
  id: string;
}): NamedAlert {
  const { rule, alert, id } = options;
  const { activeAt, value } = alert ?? {};
  return {
    id,
    name: rule.name,
    group: rule.group,
    query: rule.query,
    state: rule.state === 'unknown' ? 'unknown' : alert?.state ?? 'inactive',
    error: rule.error,
    value,
    labels: alert?.labels ?? rule.labels,
    annotations: alert?.annotations ?? rule.annotations,
    activeAt: activeAt === undefined ? undefined : iso(activeAt),
    evaluatedAt:
      rule.evaluatedAt === undefined ? undefined : iso(rule.evaluatedAt),
    durationSeconds: rule.durationSeconds,
  };
}

function own(labels: Record<string, string>, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
