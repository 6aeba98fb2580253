/**
 * Deployments and changes from Git alone, for Day 2 for Backstage.
 *
 * @packageDocumentation
 */
export { day2ModuleGit as default } from './module';
export * from './discover';
