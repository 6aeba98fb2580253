/** A metric of an instance of Prometheus. */
export const metric = (
  query: string,
  more: object = { type: 'Prometheus' },
) => ({
  metricSource: { ...more, spec: { query } },
});

/** Good requests of all requests. */
export const goodOfAll = {
  ratioMetric: {
    counter: true,
    good: metric('good_total'),
    total: metric('all_total'),
  },
};

/** An SLO that is right, but for what is said. */
export function sloOf(spec: object = {}, name = 'checkout'): object {
  return {
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: { name },
    spec: {
      service: 'shop',
      indicator: { metadata: { name: 'availability' }, spec: goodOfAll },
      timeWindow: [{ duration: '28d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ target: 0.999 }],
      ...spec,
    },
  };
}

/** A document of another kind. */
export function documentOf(kind: string, name: string, spec: object): object {
  return { apiVersion: 'openslo/v1', kind, metadata: { name }, spec };
}
