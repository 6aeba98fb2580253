export * from './IngestService';
export * from './LeaseLostError';
