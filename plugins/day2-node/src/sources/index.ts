export * from './Observation';
export * from './Source';
export * from './SourceError';
