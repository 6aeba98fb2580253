export * from './service';
export * from './serviceSummary';
