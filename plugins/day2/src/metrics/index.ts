export * from './MetricsPanel';
