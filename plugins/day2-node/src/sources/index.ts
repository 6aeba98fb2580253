export * from './Observation';
export * from './RevisionReader';
export * from './Source';
export * from './SourceError';
