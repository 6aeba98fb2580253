export { countsAsDeployment } from './countsAsDeployment';
export * from './deployment';
export { reasonsOfMarks } from './describeGroup';
export * from './deriveSequence';
export { sameVersion } from './sameVersion';
export * from './sequenceObservation';
