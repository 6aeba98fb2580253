import type { Flows } from '../Flows';
import { HOUR, MINUTE } from '../time';
import { urgentFix } from './urgentFix';

/** A hotfix of checkout on that day. */
export function hotfix(flows: Flows, midnight: number): void {
  const at = midnight + 15 * HOUR + 20 * MINUTE;
  urgentFix(flows, {
    story: {
      id: 'hotfix',
      title: 'A hotfix of checkout is in production within half an hour',
      service: 'checkout',
      from: at,
      to: at + 25 * MINUTE,
      refs: {},
    },
    service: 'checkout',
    at,
    title: 'Do not submit an order twice',
    minutesToProduction: 25,
  });
}
