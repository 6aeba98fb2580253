export * from './durationWords';
export * from './formatInstant';
export * from './range';
export * from './useNow';
export * from './useElapsed';
