export * from './day2TranslationRef';
export * from './useText';
