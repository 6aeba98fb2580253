export * from './BrokenSource';
export * from './HeldIncidents';
export * from './MetricReader';
export * from './observations';
export * from './RevisionReader';
export * from './Source';
export * from './SourceError';
export * from './SourceWebhook';
