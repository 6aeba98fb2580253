import { InputError } from '@backstage/errors';
import type { InstantName } from '@day2/backstage-plugin-day2-common';
import { iso } from '../http/range';
import type { StoredIncident } from './incidentRows';
import type { OverrideBody } from './saidStore';

/** What two clocks may differ by. */
const AHEAD_MS = 60_000;

/** Each is not before the one it follows. */
const IN_ORDER: readonly (readonly [InstantName, InstantName])[] = [
  ['impactStartedAt', 'detectedAt'],
  ['detectedAt', 'acknowledgedAt'],
  ['detectedAt', 'resolvedAt'],
  ['impactStartedAt', 'mitigatedAt'],
  ['impactStartedAt', 'resolvedAt'],
  ['mitigatedAt', 'resolvedAt'],
];

const WORDS: Record<InstantName, string> = {
  impactStartedAt: 'the start of the impact',
  detectedAt: 'the detection',
  acknowledgedAt: 'the acknowledgement',
  mitigatedAt: 'the mitigation',
  resolvedAt: 'the end',
};

/**
 * Refuses an instant that cannot be so beside the others as they stand.
 *
 * @param options - `now`: epoch milliseconds
 * @throws InputError with what it contradicts
 */
export function checkWord(options: {
  word: OverrideBody;
  incident: Pick<StoredIncident, 'instants'>;
  now: number;
}): void {
  const { word, incident, now } = options;
  const { field, value } = word;
  if (typeof value !== 'number' || !isInstant(field)) {
    return;
  }
  if (value > now + AHEAD_MS) {
    throw new InputError(
      `body.value: ${iso(value)} is in the future; say when it was`,
    );
  }
  for (const [first, second] of IN_ORDER) {
    const before = first === field ? value : incident.instants[first].at;
    const after = second === field ? value : incident.instants[second].at;
    if (
      (first === field || second === field) &&
      before !== undefined &&
      after !== undefined &&
      after < before
    ) {
      const [other, at] = first === field ? [second, after] : [first, before];
      throw new InputError(
        `body.value: ${iso(value)} is ${first === field ? 'after' : 'before'} ${
          WORDS[other]
        } (${iso(at)}); correct that first if it is wrong`,
      );
    }
  }
}

function isInstant(field: string): field is InstantName {
  return Object.hasOwn(WORDS, field);
}
