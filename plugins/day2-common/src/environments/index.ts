export * from './environment';
export * from './resolveEnvironment';
