/** An SLO file to begin with, of a service by its name. */
export function exampleObjective(service: string): string {
  return [
    '# slo.yaml, beside catalog-info.yaml',
    'apiVersion: openslo/v1',
    'kind: SLO',
    'metadata:',
    '  name: availability',
    'spec:',
    `  service: ${service}`,
    '  indicator:',
    '    metadata:',
    '      name: requests',
    '    spec:',
    '      ratioMetric:',
    '        counter: true',
    '        bad:',
    ...queryOf(`sum(http_requests_total{app="${service}",code=~"5.."})`),
    '        total:',
    ...queryOf(`sum(http_requests_total{app="${service}"})`),
    '  timeWindow:',
    '    - duration: 28d',
    '      isRolling: true',
    '  budgetingMethod: Occurrences',
    '  objectives:',
    '    - target: 0.999',
  ].join('\n');
}

function queryOf(query: string): string[] {
  return [
    '          metricSource:',
    '            type: Prometheus',
    '            spec:',
    `              query: ${query}`,
  ];
}
