export * from './applicationState';
export * from './compareOrigin';
export * from './fleet';
export * from './severity';
export * from './syncFacts';
export * from './syncStateOf';
export * from './unobservedPlaces';
