/**
 * Incidents and burning objectives as Backstage notifications, for Day 2 for
 * Backstage.
 *
 * @packageDocumentation
 */
export { day2ModuleNotifications as default } from './module';
