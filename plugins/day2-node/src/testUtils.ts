/**
 * The connector test kit: every connector's test runs it.
 *
 * @packageDocumentation
 */
export * from './testUtils/index';
