export * from './change';
export * from './changeKindOf';
export * from './emergencyReasonsOf';
