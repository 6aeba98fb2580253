export * from './createDay2Api';
export * from './day2ApiRef';
export * from './usePolling';
export * from './useResource';
