/**
 * What a Day 2 connector needs.
 *
 * @packageDocumentation
 */
export * from './config';
export * from './effects';
export * from './extensionPoint';
export * from './http';
export * from './sources';
export * from './webhooks';
