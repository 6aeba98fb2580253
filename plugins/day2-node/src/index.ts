/**
 * What a Day 2 connector needs.
 *
 * @packageDocumentation
 */
export * from './extensionPoint';
export * from './sources';
