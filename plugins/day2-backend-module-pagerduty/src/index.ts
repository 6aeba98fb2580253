/**
 * Incidents and who is on call from PagerDuty, for Day 2 for Backstage.
 *
 * @packageDocumentation
 */
export { day2ModulePagerduty as default } from './module';
