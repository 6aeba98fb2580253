import { availabilityTarget } from '../world/signals/objectives';
import type { ServiceSpec } from '../world/ServiceSpec';

const windows = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'];

/** Long and short window, and how many times too fast the budget goes. */
const burns = [
  { long: '1h', short: '5m', factor: 14.4, severity: 'page' },
  { long: '6h', short: '30m', factor: 6, severity: 'page' },
  { long: '1d', short: '2h', factor: 3, severity: 'ticket' },
  { long: '3d', short: '6h', factor: 1, severity: 'ticket' },
];

/**
 * The rules Prometheus follows: for each service the burn of its availability
 * objective in pairs of windows (Google's SRE workbook, chapter 5), and beside
 * it one that sees within a minute or two that much of everything fails.
 */
export function alertRules(specs: ServiceSpec[]): object {
  const errors = 'http_requests_total{code=~"5.."}';
  return {
    groups: [
      {
        name: 'ratios',
        interval: '30s',
        rules: windows.map(window => ({
          record: `service:http_errors:ratio_rate${window}`,
          expr: `sum by (service, environment) (rate(${errors}[${window}])) / sum by (service, environment) (rate(http_requests_total[${window}]))`,
        })),
      },
      {
        name: 'burn',
        interval: '30s',
        rules: specs.flatMap(spec => burns.map(burn => burnRule(spec, burn))),
      },
      {
        name: 'fast',
        interval: '5s',
        rules: specs.map(spec => fastRule(spec)),
      },
    ],
  };
}

function burnRule(spec: ServiceSpec, burn: (typeof burns)[number]): object {
  const { long, short, factor, severity } = burn;
  const budget = 1 - availabilityTarget(spec);
  const limit = Number((factor * budget).toPrecision(6));
  const of = (window: string) =>
    `service:http_errors:ratio_rate${window}{service="${spec.name}"} > ${limit}`;
  return {
    alert: 'ErrorBudgetBurn',
    expr: `${of(long)} and ${of(short)}`,
    for: severity === 'page' ? '1m' : '10m',
    // Its series have the label too; here it tells whose the rule is that is quiet.
    labels: { service: spec.name, severity, window: long },
    annotations: annotations(
      spec,
      `${spec.name}: the error budget burns ${factor} times too fast`,
      `Over ${long} and ${short} more than ${
        limit * 100
      } % of the requests failed.`,
    ),
  };
}

/** Few requests alone are no alarm: at least four must have failed in the minute. */
function fastRule(spec: ServiceSpec): object {
  const of = (more: string) =>
    `sum by (service, environment) (rate(http_requests_total{service="${spec.name}"${more}}[1m]))`;
  const errors = of(',code=~"5.."');
  return {
    alert: 'TooManyErrors',
    expr: `${errors} / ${of('')} > 0.05 and ${errors} * 60 >= 4`,
    labels: { service: spec.name, severity: 'page' },
    annotations: annotations(
      spec,
      `${spec.name}: {{ $value | humanizePercentage }} of the requests fail`,
      'More than 5 % of the requests of the last minute failed.',
    ),
  };
}

function annotations(
  spec: ServiceSpec,
  summary: string,
  description: string,
): object {
  return {
    summary,
    description,
    runbook_url: `https://handbook.tern.example/runbooks/${spec.name}`,
  };
}
