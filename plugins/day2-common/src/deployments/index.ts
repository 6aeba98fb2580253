export { countsAsDeployment } from './countsAsDeployment';
export * from './deployment';
export { reasonsOfMarks } from './describeGroup';
export * from './deriveSequence';
export * from './leadTimeOf';
export * from './readVersions';
export { sameVersion } from './sameVersion';
export * from './sequenceObservation';
