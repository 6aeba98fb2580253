export * from './terms';
export * from './useWords';
export * from './WordsSwitch';
