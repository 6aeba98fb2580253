/**
 * The connector test kit: every connector's test runs it.
 *
 * @packageDocumentation
 */
export type * from './sources';
export * from './testUtils/index';
