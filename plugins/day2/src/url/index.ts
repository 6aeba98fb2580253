export * from './pageState';
export * from './usePageState';
