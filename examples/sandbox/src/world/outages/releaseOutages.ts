import { Random } from '../../random/Random';
import { membersOf } from '../people';
import type { Build } from '../records';
import type { ServiceSpec } from '../ServiceSpec';
import { MINUTE, SECOND } from '../time';
import type { WorldState } from '../WorldState';
import type { LiveSpan } from './liveTimes';
import type { Outage } from './Outage';
import { noticed, toSlice } from './outageTimes';

/** What pods take to be replaced, after what replaces them was applied. */
const replacedMs = 45 * SECOND;

/**
 * The outages that bad releases of a service were: from when the first target
 * runs one until the last target has the version before it again. A third of
 * them break little and are noticed late.
 */
export function releaseOutages(options: {
  state: WorldState;
  spec: ServiceSpec;
  spans: LiveSpan[];
}): Outage[] {
  const { state, spec, spans } = options;
  const bad = new Map<Build, LiveSpan[]>();
  for (const span of spans) {
    const { build, reason } = span.landing;
    if (
      (build.bad || build.degradesLater || build.isBroken) &&
      reason !== 'rollback'
    ) {
      bad.set(build, [...(bad.get(build) ?? []), span]);
    }
  }
  return [...bad].map(([build, own]) =>
    releaseOutage({ state, spec, build, own }),
  );
}

function releaseOutage(options: {
  state: WorldState;
  spec: ServiceSpec;
  build: Build;
  own: LiveSpan[];
}): Outage {
  const { state, spec, build, own } = options;
  const random = Random.create(state.seed, 'outage', spec.name, build.order);
  const liveAt = Math.min(...own.map(span => span.from));
  const isLate = !build.isBroken && !build.degradesLater && random.chance(0.34);
  const pause = build.isBroken ? 0 : random.int(60, 5 * 60) * SECOND;
  const startedAt = toSlice(liveAt + pause);
  const actedAt = state.landings.find(
    landing =>
      landing.service === spec.name &&
      landing.environment === 'production' &&
      landing.reason === 'rollback' &&
      landing.at > own[0].landing.at,
  )?.at;
  const seen = build.isBroken
    ? {
        detectedAt: startedAt + 45 * SECOND,
        acknowledgedAt: startedAt + 90 * SECOND,
      }
    : noticed({ random, startedAt, isLate, actedAt });
  const ends = own.map(span => span.to);
  const mitigatedAt = ends.every(end => end !== undefined)
    ? toSlice(Math.max(startedAt + MINUTE, ...(ends as number[])) + replacedMs)
    : undefined;
  const by = random.pick(membersOf(spec.team)).email;
  // All is drawn whether or not it has come to that yet.
  const share = errorShare({ build, isLate, random });
  const closingSeconds = build.isBroken ? 30 : random.int(4 * 60, 30 * 60);
  return {
    id: `release-${spec.name}-${build.order}`,
    kind: 'release',
    service: spec.name,
    environment: 'production',
    title: `${spec.name}: too many requests fail`,
    urgency: spec.tier <= 2 ? 'high' : 'low',
    cause: {
      service: spec.name,
      environment: 'production',
      version: build.version,
      sha: build.sha,
      liveAt,
    },
    startedAt,
    ...seen,
    acknowledgedBy: by,
    ...(mitigatedAt !== undefined && {
      mitigatedAt,
      resolvedAt:
        Math.max(mitigatedAt, seen.acknowledgedAt) + closingSeconds * SECOND,
    }),
    resolvedBy: by,
    errorShare: share,
  };
}

function errorShare(options: {
  build: Build;
  isLate: boolean;
  random: Random;
}): number {
  const { build, isLate, random } = options;
  if (build.isBroken) {
    return 0.5;
  }
  if (build.degradesLater) {
    return 0.12;
  }
  return isLate ? random.int(4, 15) / 1000 : random.int(30, 120) / 1000;
}
