export * from './metricRecords';
export * from './namedMetrics';
