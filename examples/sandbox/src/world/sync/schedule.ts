import type { ApplicationPlan, ApplicationState } from './ApplicationState';

/** When the controller compares an application next, after that instant. */
export function nextComparison(plan: ApplicationPlan, at: number): number {
  return lastComparison(plan, at) + plan.period;
}

/** When it compared it last, by its schedule alone. */
function lastComparison({ phase, period }: ApplicationPlan, at: number) {
  return phase + Math.floor((at - phase) / period) * period;
}

/** When it compared it last, by schedule or after an operation. */
export function reconciledAt(app: ApplicationState, at: number): number {
  return Math.max(app.comparedAt, lastComparison(app.plan, at));
}
