export * from './service';
export * from './serviceSummary';
export * from './serviceSignal';
