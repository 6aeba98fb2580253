/**
 * Records, definitions, API contract and client of Day 2 for Backstage.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './api';
export * from './changes';
export * from './delivery';
export * from './deployments';
export * from './environments';
export * from './figures';
export * from './gitops';
export * from './incidents';
export * from './metrics';
export * from './objectives';
export * from './permissions';
export * from './persons';
export * from './services';
export * from './sources';
export * from './subjects';
export * from './timeline';
