export * from './configValues';
export * from './readAddress';
export * from './readEntries';
export * from './readEverySeconds';
export * from './readHeaders';
export * from './readPattern';
export * from './readToken';
