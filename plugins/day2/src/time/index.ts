export { durationWords } from '@day2/backstage-plugin-day2-common';
export * from './formatInstant';
export * from './range';
export * from './useNow';
export * from './useElapsed';
export * from './withLocalInstants';
