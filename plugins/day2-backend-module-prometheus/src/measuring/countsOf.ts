import { SLOT_MS } from '@day2/backstage-plugin-day2-common';
import type { RangeAnswer } from '../schema';

/** A number of events by the start of its slot, or why there are none. */
export type Counts = { counts: Map<number, number> } | { problem: string };

/**
 * What was counted, from an answer to a range query: the evaluation at the end
 * of a slot is what happened in it. Numbers are those of the answer's digits.
 * An answer of a part of the data, or of several series, is none.
 */
export function countsOf(answer: RangeAnswer): Counts {
  const { result } = answer.data;
  // From 2.48 on also remarks come as warnings; those say nothing is missing.
  const warning = answer.warnings?.find(
    text => !/^PromQL info:/i.test(text.trim()),
  );
  if (warning !== undefined) {
    return { problem: `the answer may lack a part: ${warning}` };
  }
  if (answer.isPartial) {
    return {
      problem: 'the answer lacks a part: not all of its storage answered',
    };
  }
  if (result.length > 1) {
    return {
      problem: `its query gives ${result.length} series, not one; sum them: sum(…)`,
    };
  }
  if (result.some(({ histograms }) => histograms && histograms.length > 0)) {
    return {
      problem:
        'its query gives native histograms, not numbers; use histogram_count or histogram_fraction',
    };
  }
  const counts = new Map<number, number>();
  for (const [seconds, text] of result[0]?.values ?? []) {
    const at = Math.round(seconds * 1000) - SLOT_MS;
    if (at % SLOT_MS !== 0) {
      return {
        problem:
          'the answer is of other instants than were asked for; what stands between must not move them',
      };
    }
    counts.set(at, numberOf(text));
  }
  return { counts };
}

/** NaN for what is not finite: no data. */
function numberOf(text: string): number {
  const value = /inf/i.test(text) ? NaN : Number(text);
  return Number.isFinite(value) ? value : NaN;
}
