export * from './environment';
export * from './environmentWords';
export * from './placeOfApplication';
export * from './resolveEnvironment';
