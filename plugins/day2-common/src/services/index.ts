export * from './service';
export * from './servicePart';
export * from './serviceSummary';
export * from './serviceSignal';
