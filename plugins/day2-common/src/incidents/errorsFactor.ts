import { SLOT_MS } from '../objectives/slots';
import { lengthOf, type FactorPart } from './factorPart';
import type {
  CandidateOnset,
  SuspectCandidate,
  SuspectedIncident,
} from './suspect';
import type { SuspectRules } from './suspectRules';

/**
 * What errors say of a candidate. What came when errors had begun where the
 * incident hits did not begin them. Else the objective nearest to it tells: since
 * when errors of its own service rose; where they did not, how they went after
 * it; where nothing is known of them, since when those of what is hit rose.
 */
export function errorsFactor(options: {
  candidate: SuspectCandidate;
  incident: Pick<SuspectedIncident, 'startedAt'>;
  rules: SuspectRules;
}): FactorPart {
  const { candidate, incident, rules } = options;
  const { errors, onset = {}, startedAt } = candidate;
  if (onset.hit && startedAt >= onset.hit.to) {
    return [
      rules.onset.after,
      'onset-before',
      `Errors had begun ${lengthOf(
        startedAt - onset.hit.to,
      )} or more before it`,
    ];
  }
  if (onset.own && onset.own !== 'none') {
    return onsetPart({ candidate, incident, rules }, onset.own);
  }
  if (errors) {
    return risePart(errors, rules);
  }
  if (onset.own === 'none') {
    const text = 'Errors of its service did not rise';
    return [rules.errors.least, 'errors-same', text];
  }
  return onset.hit
    ? onsetPart({ candidate, incident, rules }, onset.hit)
    : [0, 'errors-unknown', 'What errors did after it is not known'];
}

function onsetPart(
  options: Parameters<typeof errorsFactor>[0],
  onset: CandidateOnset,
): FactorPart {
  const { startedAt, finishedAt = Infinity } = options.candidate;
  const rules = options.rules.onset;
  const { from, to, healthyMs } = onset;
  if (startedAt >= to) {
    return [
      rules.after,
      'onset-before',
      `Errors of its service had begun ${lengthOf(
        startedAt - to,
      )} or more before it`,
    ];
  }
  if (healthyMs >= SLOT_MS) {
    return [
      rules.late,
      'onset-late',
      `${lengthOf(
        healthyMs,
      )} of healthy traffic lay between it and the first errors`,
    ];
  }
  if (to - from > rules.vagueMs) {
    return [0, 'onset-vague', 'When errors began is not known closely'];
  }
  const near =
    finishedAt > options.incident.startedAt ? rules.inProgress : rules.near;
  if (finishedAt >= to) {
    return [near, 'onset-at', 'Errors began while it was being rolled out'];
  }
  const least = Math.max(0, from - finishedAt);
  return [
    near,
    'onset-at',
    least < 60_000
      ? `Errors began within ${lengthOf(to - Math.min(finishedAt, from))} of it`
      : `Errors began ${lengthOf(least)} to ${lengthOf(
          to - finishedAt,
        )} after it`,
  ];
}

function risePart(
  errors: { before: number; after: number },
  rules: SuspectRules,
): FactorPart {
  const { floor, least, most } = rules.errors;
  const rise = Math.log((errors.after + floor) / (errors.before + floor));
  // No rise speaks against it: a cause would show one.
  const logOdds = Math.max(least, Math.min(most, rise + least));
  return [
    logOdds,
    logOdds > 0 ? 'errors-rose' : 'errors-same',
    `Errors went from ${shareOf(errors.before)} to ${shareOf(
      errors.after,
    )} after it`,
  ];
}

function shareOf(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
