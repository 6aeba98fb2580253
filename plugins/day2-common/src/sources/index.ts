export * from './effectStanding';
export * from './sourceStatus';
export * from './sourcesStanding';
