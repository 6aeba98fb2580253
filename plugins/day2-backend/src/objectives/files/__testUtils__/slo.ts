/** An OpenSLO file of one SLO. */
export function slo(
  name: string,
  options: { service?: string; target?: string } = {},
): string {
  const { service = 'cart', target = '0.99' } = options;
  return [
    'apiVersion: openslo/v1',
    'kind: SLO',
    'metadata:',
    `  name: ${name}`,
    'spec:',
    `  service: ${service}`,
    '  indicator:',
    '    spec:',
    '      ratioMetric:',
    '        counter: true',
    '        bad:',
    '          metricSource:',
    '            type: Prometheus',
    '            spec: { query: sum(bad_total) }',
    '        total:',
    '          metricSource:',
    '            type: Prometheus',
    '            spec: { query: sum(all_total) }',
    '  timeWindow:',
    '    - duration: 28d',
    '      isRolling: true',
    '  budgetingMethod: Occurrences',
    '  objectives:',
    `    - target: ${target}`,
    '',
  ].join('\n');
}
