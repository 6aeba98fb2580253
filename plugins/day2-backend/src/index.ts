/**
 * The hub of Day 2 for Backstage: ingest, store, figures and routes.
 *
 * @packageDocumentation
 */
export { day2Plugin as default } from './plugin';
