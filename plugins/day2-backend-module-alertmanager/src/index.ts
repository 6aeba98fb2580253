/**
 * Alerts from Alertmanager, for Day 2.
 *
 * @packageDocumentation
 */
export { day2ModuleAlertmanager as default } from './module';
