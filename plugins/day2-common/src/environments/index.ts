export * from './environment';
export * from './environmentWords';
export * from './resolveEnvironment';
