import type { Reason } from '../deployments/deployment';
import type { SyncState } from './applicationState';
import { compareOrigin, type OriginComparison } from './compareOrigin';
import type { OriginFacts, SyncFacts } from './syncFacts';

const comparisonErrors = ['ComparisonError', 'InvalidSpecError'];
const maxMessage = 500;

/** The sync word of an application, with why. @public */
export interface DerivedSync {
  sync: SyncState;
  reasons: Reason[];
  failing: boolean;
  pruneOnly: boolean;
  /** A revision is not in the mirror: asked again later it may be. */
  lacking: boolean;
}

/**
 * Desired against live in one word (metrics.md, "Sync and drift"), whatever the
 * order in which things became known.
 *
 * @public
 */
export function syncStateOf(facts: SyncFacts): DerivedSync {
  const failing = isFailing(facts);
  const word = wordOf(facts);
  return {
    pruneOnly: false,
    lacking: false,
    ...word,
    failing,
    reasons: [
      ...word.reasons,
      ...(failing
        ? [
            reason(
              'operation-failed',
              `The last operation on it failed${messageOf(
                facts.operation?.message,
              )}`,
            ),
          ]
        : []),
    ],
  };
}

type Word = Pick<DerivedSync, 'sync' | 'reasons'> &
  Partial<Pick<DerivedSync, 'pruneOnly' | 'lacking'>>;

function wordOf(facts: SyncFacts): Word {
  const errors = facts.conditions.filter(({ type }) =>
    comparisonErrors.includes(type),
  );
  if (facts.sync === 'unknown' || errors.length > 0) {
    return {
      sync: 'unknown',
      reasons:
        errors.length > 0
          ? errors.map(({ type, message }) =>
              reason(
                'comparison-error',
                `It could not be compared (${type})${messageOf(message)}`,
              ),
            )
          : [reason('tool-unknown', 'The controller does not know')],
    };
  }
  if (facts.sync === 'synced') {
    return {
      sync: 'synced',
      reasons: [reason('in-sync', 'What runs is what Git asks for')],
    };
  }
  return outOfSync(facts);
}

function outOfSync({ origins, resources }: SyncFacts): Word {
  const differing = resources.filter(
    each => each.sync === 'out-of-sync' || each.requiresPruning,
  );
  if (
    differing.length > 0 &&
    differing.every(({ requiresPruning }) => requiresPruning)
  ) {
    return {
      sync: 'pending',
      pruneOnly: true,
      reasons: [
        reason(
          'prune-only',
          `Only removals are left to do: ${counted(differing.length)}`,
        ),
      ],
    };
  }
  const compared = origins.map(origin => ({
    origin,
    is: compareOrigin(origin),
  }));
  const of = (is: OriginComparison) =>
    compared.filter(each => each.is === is).map(({ origin }) => origin);
  const differs = of('differs');
  if (differs.length > 0) {
    return { sync: 'pending', reasons: differs.map(whyPending) };
  }
  const never = of('never-synced');
  if (never.length > 0) {
    return {
      sync: 'pending',
      reasons: [
        reason(
          'never-synced',
          never.length === origins.length
            ? 'No successful sync of it is known'
            : `No successful sync from ${nameOf(never[0])} is known`,
        ),
      ],
    };
  }
  const lacking = of('lacking');
  const unmirrored = of('unmirrored');
  const unfollowed = of('unfollowed');
  const unresolved = of('unresolved');
  if (
    [lacking, unmirrored, unfollowed, unresolved].some(each => each.length > 0)
  ) {
    return {
      sync: 'out-of-sync',
      lacking: lacking.length > 0,
      reasons: [
        ...unmirrored.map(({ repository }) =>
          reason(
            'not-mirrored',
            `Cause unknown: ${repository} is no Git source of this portal, so that what was synced last cannot be compared with what is asked for`,
          ),
        ),
        ...lacking.map(origin =>
          reason(
            'revision-missing',
            `Cause unknown: the mirror of ${
              origin.repository
            } does not have ${short(
              origin.desiredFingerprint === undefined
                ? origin.desiredRevision
                : origin.syncedRevision,
            )}, or not yet`,
          ),
        ),
        ...unfollowed.map(origin =>
          reason(
            'not-followed',
            `Cause unknown: ${nameOf(origin)} takes in ${
              origin.unfollowed
            }, which cannot be compared. All else of it is the same at ${short(
              origin.desiredRevision,
            )} as was synced last (${short(origin.syncedRevision)})`,
          ),
        ),
        ...unresolved.map(origin =>
          reason(
            'unresolved',
            `Cause unknown: the controller does not say which revision of ${nameOf(
              origin,
            )} is asked for`,
          ),
        ),
      ],
    };
  }
  return {
    sync: 'drifted',
    reasons: [
      reason(
        'same-desired',
        origins.length === 0
          ? 'What runs differs from what was synced last'
          : `Git asks for the same as was synced last${atRevisions(
              origins,
            )}, and what runs differs all the same${
              differing.length > 0 ? `: ${counted(differing.length)}` : ''
            }`,
      ),
    ],
  };
}

function whyPending(origin: OriginFacts) {
  const { desiredRevision, syncedRevision } = origin;
  if (origin.parametersHash !== origin.syncedParametersHash) {
    return reason(
      'parameters-differ',
      `The application's own parameters for ${nameOf(
        origin,
      )} changed since the last sync`,
    );
  }
  return reason(
    'desired-differs',
    `${nameOf(origin)} asks for something else at ${short(
      desiredRevision,
    )} than was synced last (${short(syncedRevision)})`,
  );
}

/** The newest operation came after the newest successful sync, and failed. */
function isFailing({ operation, syncedAt }: SyncFacts): boolean {
  return (
    operation !== undefined &&
    ['failed', 'error'].includes(operation.phase) &&
    (operation.finishedAt ?? operation.startedAt ?? Infinity) >=
      (syncedAt ?? -Infinity)
  );
}

function atRevisions(origins: OriginFacts[]): string {
  const [{ desiredRevision, syncedRevision }] = origins;
  if (origins.length > 1) {
    return '';
  }
  return desiredRevision === syncedRevision
    ? ` (${short(desiredRevision)})`
    : ` (${short(desiredRevision)} changes nothing of it since ${short(
        syncedRevision,
      )})`;
}

function nameOf({ chart, path, repository }: OriginFacts): string {
  if (chart) {
    return `chart ${chart}`;
  }
  return path && path !== '.' ? path : repository;
}

function short(revision: string | undefined): string {
  const text = revision ?? 'an unknown revision';
  return /^[0-9a-f]{40,64}$/.test(text) ? text.slice(0, 8) : text;
}

function counted(resources: number): string {
  return `${resources} resource${resources === 1 ? '' : 's'}`;
}

function messageOf(message: string | undefined): string {
  const text = message?.trim();
  return text ? `: ${text.slice(0, maxMessage)}` : '';
}

function reason(code: string, text: string): Reason {
  return { code, text };
}
