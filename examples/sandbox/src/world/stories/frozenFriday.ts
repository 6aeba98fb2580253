import type { Flows } from '../Flows';
import { DAY, HOUR } from '../time';
import { urgentFix } from './urgentFix';

/** A day without deployments to production, and the one that was made. */
export function frozenFriday(flows: Flows, midnight: number): void {
  flows.world.frozenDays.add(midnight);
  const at = midnight + 14 * HOUR;
  urgentFix(flows, {
    story: {
      id: 'frozen-friday',
      title:
        'No deployment to production on a frozen Friday, but for one emergency of shipping-api',
      service: 'shipping-api',
      from: midnight,
      to: midnight + DAY,
      refs: {},
    },
    service: 'shipping-api',
    at,
    title: 'Refuse expired carrier certificates',
    minutesToProduction: 22,
  });
}
