import type { Reason } from '../deployments/deployment';
import { compareText } from './compareText';
import { factorsOf } from './factorsOf';
import { lastWordFirst } from './incidentReference';
import { nameIn } from './nameIn';
import { isWithinReach, structuredCausesOf } from './structuredCausesOf';
import {
  NO_CHANGE,
  type Suspect,
  type SuspectCandidate,
  type SuspectDecision,
  type SuspectedIncident,
  type SuspectState,
  type SuspectVerdict,
} from './suspect';
import { SUSPECT_RULES, type SuspectRules } from './suspectRules';

const RANK: readonly SuspectState[] = [
  'confirmed',
  'suspected',
  'candidate',
  'rejected',
];

const AFTER_START: Reason = {
  code: 'after-start',
  text: 'It came after the start that is known',
};

const SETTLED_BY_HAND: Reason = {
  code: 'settled-by-hand',
  text: 'A person says that it was something else, which counts more than what the records tell',
};

/**
 * Who did it (metrics.md, "Linking incidents to deployments and changes"):
 * confirmed by a person, or by a structured cause where no person confirms
 * anything; suspected above the threshold while nothing is confirmed; every other
 * candidate as it is.
 *
 * @remarks A score is the sum of log-odds, of which what is not known adds
 * nothing. A probability is its share among those not rejected and "no change":
 * so two candidates that are equally good are each half as likely, and neither
 * is suspected.
 *
 * @param options - `candidates`: each id once, those of other services and of
 * after the start too (they may be named); none whose roll-out never served;
 * `hops`: by service, as `servicesWithin` finds them
 *
 * @public
 */
export function suspectsOf(options: {
  incident: SuspectedIncident;
  candidates: readonly SuspectCandidate[];
  hops: ReadonlyMap<string, number>;
  decisions?: readonly SuspectDecision[];
  rules?: SuspectRules;
}): SuspectVerdict {
  const { incident, hops, rules = SUSPECT_RULES } = options;
  const candidates = [...options.candidates].sort((a, b) =>
    compareText(a.id, b.id),
  );
  const words = new Map<string, SuspectDecision>();
  for (const decision of [...(options.decisions ?? [])].sort(lastWordFirst)) {
    if (!words.has(decision.candidateId)) {
      words.set(decision.candidateId, decision);
    }
  }
  const ids = new Set([NO_CHANGE, ...candidates.map(({ id }) => id)]);
  const decided = [...words.values()].some(
    ({ candidateId, verdict }) =>
      verdict === 'confirmed' && ids.has(candidateId),
  );
  const isOverruled = (id: string) =>
    words.has(id) ? words.get(id)?.verdict === 'rejected' : decided;
  const structured = structuredCausesOf({
    candidates,
    incident,
    hops,
    rules,
    isOverruled,
  });
  const judged = candidates
    .filter(
      each =>
        words.has(each.id) ||
        structured.causes.has(each.id) ||
        (hops.has(each.serviceId) && isWithinReach(each, incident, rules)),
    )
    .map((candidate): Suspect => {
      const { id, kind, serviceId, label } = candidate;
      const steps = hops.get(serviceId);
      const factors = factorsOf({ candidate, incident, hops: steps, rules });
      const told = toldOf({
        word: words.get(id),
        causes: structured.causes.get(id),
        overruled: isOverruled(id),
      });
      const late =
        candidate.startedAt > incident.startedAt && told?.state === 'confirmed';
      return {
        id,
        kind,
        serviceId,
        label,
        state: told?.state ?? 'candidate',
        ...(steps === undefined ? {} : { hops: steps }),
        score: factors.reduce((sum, { logOdds }) => sum + logOdds, 0),
        probability: 0,
        factors,
        reasons: [...(told?.reasons ?? []), ...(late ? [AFTER_START] : [])],
      };
    });
  const none = toldOf({ word: words.get(NO_CHANGE) });
  const settled =
    none?.state === 'confirmed' ||
    judged.some(({ state }) => state === 'confirmed');
  weigh(judged, none?.state === 'rejected' ? -Infinity : rules.noChange);
  for (const each of judged) {
    if (each.state === 'candidate' && each.reasons.length === 0) {
      Object.assign(each, wordOf(each, settled, rules));
    }
  }
  const weight = judged.reduce((sum, each) => sum + each.probability, 0);
  return {
    suspects: judged.sort(compareSuspects),
    noChange: {
      state: none?.state ?? 'candidate',
      score: rules.noChange,
      probability: none?.state === 'rejected' ? 0 : Math.max(0, 1 - weight),
      reasons: none?.reasons ?? [],
    },
    fixes: fixesOf({ candidates, incident, fixes: structured.fixes, rules }),
  };
}

/** A person's word, on this one or another, else what the records tell. */
function toldOf(options: {
  word?: SuspectDecision;
  causes?: Reason[];
  /** A person confirmed something else: what the records tell confirms nothing. */
  overruled?: boolean;
}): { state: SuspectState; reasons: Reason[] } | undefined {
  const { word, causes, overruled } = options;
  if (word) {
    const why = word.why ? `: ${word.why}` : '';
    return {
      state: word.verdict,
      reasons: [
        {
          code: `${word.verdict}-by-hand`,
          text: `${word.by} ${word.verdict} it${why}`,
        },
        ...(causes ?? []),
      ],
    };
  }
  return (
    causes && {
      state: overruled ? 'candidate' : 'confirmed',
      reasons: overruled ? [SETTLED_BY_HAND, ...causes] : causes,
    }
  );
}

/** Sets the probabilities: shares of the odds of all that are not rejected. */
function weigh(suspects: Suspect[], noChange: number): void {
  const counting = suspects.filter(({ state }) => state !== 'rejected');
  const top = Math.max(noChange, ...counting.map(({ score }) => score));
  const all = counting.reduce(
    (sum, { score }) => sum + Math.exp(score - top),
    Math.exp(noChange - top),
  );
  for (const each of counting) {
    each.probability = Math.exp(each.score - top) / all;
  }
}

function wordOf(
  { probability }: Suspect,
  settled: boolean,
  { threshold }: SuspectRules,
): Pick<Suspect, 'state' | 'reasons'> {
  const share = `${Math.round(probability * 100)} %`;
  if (settled) {
    return {
      state: 'candidate',
      reasons: [
        { code: 'settled', text: 'Something else is confirmed as the cause' },
      ],
    };
  }
  return probability >= threshold
    ? {
        state: 'suspected',
        reasons: [
          { code: 'above-threshold', text: `The likeliest cause, at ${share}` },
        ],
      }
    : {
        state: 'candidate',
        reasons: [
          {
            code: 'below-threshold',
            text: `At ${share}, below the ${Math.round(
              threshold * 100,
            )} % from which on it is suspected`,
          },
        ],
      };
}

function fixesOf(options: {
  candidates: readonly SuspectCandidate[];
  incident: SuspectedIncident;
  fixes: Map<string, Reason[]>;
  rules: SuspectRules;
}): SuspectVerdict['fixes'] {
  const { incident, fixes, rules } = options;
  const last = (incident.resolvedAt ?? Infinity) + rules.undoneWithinMs;
  return options.candidates.flatMap(({ id, label, names, startedAt }) => {
    const isAfter = startedAt > incident.startedAt && startedAt <= last;
    const name = (isAfter ? incident.texts : [])
      .map(text => nameIn(text, names))
      .find(each => each !== undefined);
    const named: Reason[] =
      name === undefined
        ? []
        : [
            {
              code: 'named-after-start',
              text: `The incident names ${name}, and it came after the start: a fix, not a cause`,
            },
          ];
    const reasons = [...(fixes.get(id) ?? []), ...named];
    return reasons.length > 0 ? [{ id, label, reasons }] : [];
  });
}

function compareSuspects(a: Suspect, b: Suspect): number {
  return (
    RANK.indexOf(a.state) - RANK.indexOf(b.state) ||
    b.probability - a.probability ||
    b.score - a.score ||
    compareText(a.id, b.id)
  );
}
