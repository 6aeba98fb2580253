export * from './misread';
export * from './pageState';
export * from './usePageState';
export * from './useQueryPatch';
