export * from './sourceStatus';
export * from './sourcesStanding';
