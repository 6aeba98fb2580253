/**
 * Measurements of objectives from Prometheus and what speaks its API, for Day 2
 * for Backstage.
 *
 * @packageDocumentation
 */
export { day2ModulePrometheus as default } from './module';
