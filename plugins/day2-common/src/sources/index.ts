export * from './sourceStatus';
