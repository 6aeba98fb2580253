import { isLive } from './countsAsDeployment';
import type { Reason, Rollout } from './deployment';
import {
  isLateIn,
  rankOfBasis,
  type ObservationGroup,
} from './groupObservations';
import { isOfRevision } from './isOfRevision';
import { madeOf } from './madeOf';
import { comparePlaced, type PlacedObservation } from './placeObservations';
import {
  eventOf,
  observationId,
  type FailedSync,
  type SequenceDeployment,
  type SequenceObservation,
  type UnplannedMark,
} from './sequenceObservation';
import { stagesOf } from './stagesOf';

const MARK_REASONS: Record<UnplannedMark, string> = {
  hotfix: 'Its commit or branch is marked as a hotfix',
  revert: 'Its commit reverts an earlier one',
  rollback: 'Its commit or branch is marked as a rollback',
  emergency: 'Its commit or branch is marked as an emergency',
  fix: 'Its commit or branch is marked as a fix',
};
const POSTED_WORDS: Record<UnplannedMark, string> = {
  hotfix: 'a hotfix',
  revert: 'a revert',
  rollback: 'a rollback',
  emergency: 'an emergency',
  fix: 'a fix',
};

/**
 * Why work counts as unplanned, by its marks: a code and a sentence each.
 *
 * @public
 */
export function reasonsOfMarks(marks: Iterable<UnplannedMark>): Reason[] {
  const present = new Set(marks);
  return (Object.keys(MARK_REASONS) as UnplannedMark[])
    .filter(mark => present.has(mark))
    .map(mark => ({ code: mark, text: MARK_REASONS[mark] }));
}

/** The deployment a group is, before it is judged beside the others. */
export function describeGroup(
  group: ObservationGroup,
): Omit<SequenceDeployment, 'line' | 'running'> {
  const isLate = (each: PlacedObservation) => isLateIn(group, each);
  const makers = group.makers.filter(each => !isLate(each));
  const all = [...makers, ...group.others, ...group.makers.filter(isLate)];
  const first = [...all].sort(comparePlaced)[0];
  const targets = [...group.targets.values()].filter(({ late }) => !late);
  const counted = group.live
    ? targets.filter(target => isLive(target.rollout))
    : targets;
  const finishes = counted.map(target => target.finishedAt);
  // Git says nothing of a roll-out; another target's source may.
  const told = targets.filter(
    each => each.basis !== 'desired' || each.rollout !== 'unknown',
  );
  const rollout = summarize(
    (told.length > 0 ? told : targets).map(target => target.rollout),
  );
  const named = [...group.targets].filter(([name]) => name !== '');
  const reasons = unplannedReasonsOf(madeOf(group));
  const mends = [
    ...new Set(all.flatMap(each => (isLate(each) ? [] : each.mends ?? []))),
  ].sort();
  const starts = makers
    .map(maker => maker.startedAt)
    .filter(at => at !== undefined);
  return {
    first: {
      source: first.source,
      key: first.key,
      ...(first.read?.line ? { line: first.read.line } : {}),
    },
    event: eventOf(makers[0]),
    version: makers[0].versionName,
    image: imageOf(pick(all, each => each.image)),
    startedAt: starts.length > 0 ? Math.min(...starts) : undefined,
    finishedAt: Math.max(...finishes),
    firstFinishedAt: Math.min(...finishes),
    basis: counted
      .map(target => target.basis)
      .sort((a, b) => rankOfBasis(a) - rankOfBasis(b))[0],
    targets: named
      .map(([name, { finishedAt, rollout: word, late }]) => ({
        name,
        finishedAt,
        rollout: word,
        ...(late ? { late } : {}),
      }))
      .sort(
        (a, b) => a.finishedAt - b.finishedAt || (a.name < b.name ? -1 : 1),
      ),
    rollout,
    live: group.live,
    ...outcomeOf(rollout),
    unplanned: reasons.length > 0,
    unplannedReasons: reasons,
    ...(mends.length > 0 ? { mends } : {}),
    manifestRevision: pick(all, each => each.manifestRevision),
    applicationRevision: pick(all, each => each.applicationRevision),
    actorId: pick(all, each => each.actorId),
    title: pick(all, each => each.title),
    url: pick(all, each => each.url),
    sources: sourcesOf(group),
    stages: stagesOf(all, counted),
    failedSyncs: failedSyncsOf(group),
    versionNote: pick(makers, each => each.read?.note),
    ...(isOfRevision(group) ? { ofRevision: true } : {}),
  };
}

/** By what Git says, else by what whoever posted it says: a reason a mark. */
function unplannedReasonsOf(all: PlacedObservation[]): Reason[] {
  const marksOf = (isPosted: boolean) =>
    all.flatMap(each =>
      (each.basis === 'event') === isPosted ? each.marks ?? [] : [],
    );
  const told = reasonsOfMarks(marksOf(false));
  const posted = reasonsOfMarks(marksOf(true)).flatMap(({ code }) => {
    const mark = code as UnplannedMark;
    const of = all.flatMap(({ basis, marks, mends }) =>
      basis === 'event' && mends !== undefined && marks?.includes(mark)
        ? mends
        : [],
    );
    const named = [...new Set(of)].sort().join(', ');
    return told.some(each => each.code === code)
      ? []
      : {
          code,
          text: `Its poster says so: it is ${POSTED_WORDS[mark]}${
            named && ` of ${named}`
          }`,
        };
  });
  return [...told, ...posted];
}

function sourcesOf(group: ObservationGroup): SequenceDeployment['sources'] {
  const passed = new Set(group.passed);
  return [...group.makers, ...group.others, ...group.passed]
    .map(each => ({
      source: each.source,
      key: each.key,
      url: each.url,
      ...(each.basis === 'desired' && each.manifestRevision
        ? { desired: each.manifestRevision }
        : {}),
      ...(passed.has(each) ? { skipped: true } : {}),
    }))
    .sort((a, b) => (observationId(a) < observationId(b) ? -1 : 1));
}

function failedSyncsOf({ others }: ObservationGroup): FailedSync[] {
  return [...others].sort(comparePlaced).flatMap(each => {
    const { source, key, finishedAt: at, target, basis, rollout } = each;
    return rollout === 'failed' || rollout === 'cancelled'
      ? [
          {
            source,
            key,
            at,
            target,
            basis,
            rollout,
            actorId: each.actorId,
            message: each.title,
            url: each.url,
          },
        ]
      : [];
  });
}

function pick<T>(
  observations: SequenceObservation[],
  of: (observation: SequenceObservation) => T | undefined,
): T | undefined {
  for (const observation of observations) {
    const value = of(observation);
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}

function imageOf(image: SequenceObservation['image']): string | undefined {
  if (!image?.repository) {
    return undefined;
  }
  const tag = image.tag ? `:${image.tag}` : '';
  const digest = image.digest ? `@${image.digest}` : '';
  return `${image.repository}${tag}${digest}`;
}

function summarize(rollouts: Rollout[]): Rollout {
  const worst: Rollout[] = ['failed', 'cancelled', 'unknown'];
  return worst.find(word => rollouts.includes(word)) ?? 'succeeded';
}

function outcomeOf(
  rollout: Rollout,
): Pick<SequenceDeployment, 'outcome' | 'outcomeReasons'> {
  if (rollout === 'failed') {
    return {
      outcome: 'failed',
      outcomeReasons: [{ code: 'rollout-failed', text: 'Its roll-out failed' }],
    };
  }
  if (rollout === 'cancelled') {
    return {
      outcome: 'undone',
      outcomeReasons: [
        { code: 'rollout-cancelled', text: 'Its roll-out was cancelled' },
      ],
    };
  }
  return { outcome: 'ok', outcomeReasons: [] };
}
