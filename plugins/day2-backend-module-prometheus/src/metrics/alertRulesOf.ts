import {
  SourceError,
  type AlertRule,
  type RuleAlert,
} from '@day2/backstage-plugin-day2-node';
import { Rule, type RulesAnswer } from '../schema';
import { withoutSecrets } from '../withoutSecrets';

/** One that a whole fleet meets is told by its first ones. */
const MAX_ALERTS = 1_000;

/**
 * Rules of alerts as the hub knows them; the worst of each rule's alerts first.
 *
 * @throws SourceError where one cannot be understood: half a list would say
 *   that an alert is not there
 */
export function alertRulesOf(options: {
  groups: RulesAnswer['data']['groups'];
  secrets: string[];
}): AlertRule[] {
  return options.groups.flatMap(({ name, rules }) =>
    (rules ?? [])
      // Not every server knows the parameter that leaves the others out.
      .filter(({ type }) => type === 'alerting')
      .map(rule => alertRuleOf({ ...options, group: name, rule })),
  );
}

function alertRuleOf(options: {
  group: string;
  rule: unknown;
  secrets: string[];
}): AlertRule {
  const read = Rule.safeParse(options.rule);
  if (!read.success) {
    throw new SourceError({
      code: 'bad-answer',
      message: `A rule of the group ${
        options.group
      } cannot be understood: ${read.error.issues[0].path.join('.')} ${
        read.error.issues[0].message
      }`,
    });
  }
  const { name, query, duration, labels, annotations } = read.data;
  const { health, lastError, lastEvaluation } = read.data;
  const alerts = (read.data.alerts ?? [])
    .map(alertOf)
    .sort((a, b) => rank(a) - rank(b));
  const leftOut = alerts.length - MAX_ALERTS;
  return {
    name,
    group: options.group,
    query,
    durationSeconds: duration,
    labels,
    annotations,
    // Of one that fails, or never ran, the state says nothing of now.
    state: /^(?:err|unknown)$/.test(health)
      ? 'unknown'
      : alerts[0]?.state ?? 'inactive',
    ...(lastError ? { error: withoutSecrets(lastError, options.secrets) } : {}),
    alerts: alerts.slice(0, MAX_ALERTS),
    ...(leftOut > 0 ? { alertsLeftOut: leftOut } : {}),
    evaluatedAt: lastEvaluation,
  };
}

function alertOf(told: NonNullable<Rule['alerts']>[number]): RuleAlert {
  const value = /^[+-]?inf/i.test(told.value) ? NaN : Number(told.value);
  return {
    labels: told.labels,
    annotations: told.annotations,
    state: told.state,
    activeAt: told.activeAt,
    ...(Number.isFinite(value) ? { value } : {}),
  };
}

function rank({ state }: RuleAlert): number {
  return state === 'firing' ? 0 : 1;
}
