export type { MatchableSubject } from './matchFinding';
export * from './matchRules';
export type { SubjectMatch, SubjectMatches } from './matchSubject';
export * from './normalizeRepository';
export { anyPathMatches, pathMatches } from './pathPattern';
export type { MatchableService } from './ServiceIndex';
export * from './SubjectMatcher';
