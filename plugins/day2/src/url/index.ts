export * from './listFilter';
export * from './misread';
export * from './pageState';
export * from './useListFilter';
export * from './usePageState';
export * from './useQueryPatch';
