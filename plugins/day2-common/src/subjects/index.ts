export * from './matchRules';
export * from './matchSubject';
export * from './normalizeRepository';
export { anyPathMatches, pathMatches } from './pathPattern';
export { ServiceIndex, type MatchableService } from './ServiceIndex';
