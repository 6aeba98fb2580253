/**
 * Applications and deployments from Argo CD, for Day 2 for Backstage.
 *
 * @packageDocumentation
 */
export { day2ModuleArgocd as default } from './module';
