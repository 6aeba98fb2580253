import { Random } from '../../random/Random';
import { membersOf } from '../people';
import type { ServiceSpec } from '../ServiceSpec';
import { DAY, HOUR, MINUTE, SECOND } from '../time';
import type { WorldState } from '../WorldState';
import type { LiveSpan } from './liveTimes';
import type { Outage, OutageKind } from './Outage';
import { noticed, toSlice } from './outageTimes';

/** Chances: of an outage and of a false alert a day, and after a good release. */
const outageADay = 1 / 90;
const noiseADay = 1 / 30;
const afterRelease = 0.04;

const kinds: OutageKind[] = [
  'dependency',
  'dependency',
  'certificate',
  'capacity',
];

/**
 * The outages of a service that no deployment did. Some begin shortly after a
 * deployment that is innocent of them.
 */
export function otherOutages(options: {
  state: WorldState;
  spec: ServiceSpec;
  spans: LiveSpan[];
  end: number;
}): Outage[] {
  const { state, spec, spans, end } = options;
  const outages: Outage[] = [];
  const add = (kind: OutageKind, at: number, random: Random) => {
    if (at <= end) {
      outages.push(outage({ kind, spec, at: toSlice(at), random }));
    }
  };
  for (let day = 0; state.start + day * DAY <= end; day++) {
    const midnight = state.start + day * DAY;
    const random = Random.create(state.seed, 'trouble', spec.name, day);
    const at = midnight + random.int(0, DAY / SECOND - 1) * SECOND;
    const noiseAt = midnight + random.int(0, DAY / SECOND - 1) * SECOND;
    if (random.chance(outageADay)) {
      add(random.pick(kinds), at, random);
    }
    if (random.chance(noiseADay)) {
      add('noise', noiseAt, random);
    }
  }
  const seen = new Set<number>();
  for (const { landing, from } of spans) {
    const { build, reason } = landing;
    const isFirst = !seen.has(build.order);
    seen.add(build.order);
    const random = Random.create(
      state.seed,
      'coincidence',
      spec.name,
      build.order,
    );
    const isBad = build.bad || build.degradesLater || build.isBroken;
    const isGood = !isBad && reason === 'promotion';
    if (isFirst && isGood && random.chance(afterRelease)) {
      add('dependency', from + random.int(9, 45) * MINUTE, random);
    }
  }
  return outages;
}

const titles: Record<OutageKind, string> = {
  release: 'too many requests fail',
  dependency: 'a provider it depends on answers with errors',
  certificate: 'the certificate of a partner has expired',
  capacity: 'connections to the database are used up',
  noise: 'a few more errors than usual',
};

function outage(options: {
  kind: OutageKind;
  spec: ServiceSpec;
  at: number;
  random: Random;
}): Outage {
  const { kind, spec, at, random } = options;
  const base = {
    id: `${kind}-${spec.name}-${at / SECOND}`,
    kind,
    service: spec.name,
    environment: 'production' as const,
    title: `${spec.name}: ${titles[kind]}`,
    startedAt: at,
  };
  if (kind === 'noise') {
    const detectedAt = at + random.int(60, 120) * SECOND;
    const mitigatedAt = toSlice(detectedAt + random.int(60, 4 * 60) * SECOND);
    return {
      ...base,
      urgency: 'low',
      detectedAt,
      mitigatedAt,
      resolvedAt: mitigatedAt + 5 * MINUTE,
      errorShare: random.int(20, 40) / 1000,
    };
  }
  const seen = noticed({ random, startedAt: at, isLate: random.chance(0.2) });
  const mitigatedAt = toSlice(
    seen.acknowledgedAt + random.int(6 * MINUTE, 2 * HOUR),
  );
  const by = random.pick(membersOf(spec.team)).email;
  return {
    ...base,
    urgency: spec.tier <= 2 ? 'high' : 'low',
    ...seen,
    acknowledgedBy: by,
    mitigatedAt,
    resolvedAt: mitigatedAt + random.int(3, 25) * MINUTE,
    resolvedBy: by,
    errorShare: random.int(10, 150) / 1000,
  };
}
