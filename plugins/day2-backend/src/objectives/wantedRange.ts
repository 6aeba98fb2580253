import {
  DAY_MS,
  type ObjectivePeriod,
} from '@day2/backstage-plugin-day2-common';
import type { Range } from '../http/range';
import { wholeSlots } from './ranges';

/** A tool has what it scraped by then: milliseconds after a slot's end. */
export const SETTLES_MS = 60_000;

/**
 * Beyond the period: for the hour before a deployment at its beginning, the
 * days by which a month is longer than its nominal 30, and windows of days.
 */
const MARGIN_MS = 3 * DAY_MS;

/** The slots that an objective is measured by: those that ended a minute ago or more. */
export function wantedRange(options: {
  period: Pick<ObjectivePeriod, 'lengthMs'>;
  /** Epoch milliseconds. */
  now: number;
}): Range {
  const to = options.now - SETTLES_MS;
  return wholeSlots({
    from: to - options.period.lengthMs - MARGIN_MS,
    to,
  });
}

/** The same, up to the end of a slot. */
export function wantedUpTo(options: {
  period: Pick<ObjectivePeriod, 'lengthMs'>;
  to: number;
}): Range {
  return wantedRange({ ...options, now: options.to + SETTLES_MS });
}
