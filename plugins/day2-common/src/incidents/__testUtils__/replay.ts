import { randomOf } from '../../delivery/__testUtils__/random';
import { servicesWithin } from '../servicesWithin';
import type { SuspectCandidate, SuspectedIncident } from '../suspect';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** An incident of the replay set, with what caused it. */
export interface LabelledIncident {
  serviceId: string;
  incident: SuspectedIncident;
  /** Id of the change that did it; absent where none did. */
  truth?: string;
  /** When errors of its service began, where its objective tells: epoch milliseconds. */
  erringFrom?: number;
}

export interface ReplaySet {
  changes: SuspectCandidate[];
  incidents: LabelledIncident[];
  hopsOf(serviceId: string): Map<string, number>;
}

const SERVICES = 24;

/**
 * A company of 24 services over `days` days whose incidents are labelled: half
 * are caused by a deployment or configuration of the service itself, a fifth by
 * one of a service it depends on, the rest by none. Nothing in it is drawn from
 * what the scores assume: the time until an incident is log-normal (median
 * 25 min, one in ten beyond 2 h), days have nights, every fourth service
 * deploys ten times as often as the others, a third of the changes come in
 * trains with others, and half of the errors and a third of the risks are not
 * known. Errors rise after whatever came in the hour before an incident of its
 * service, whether it did it or not. Of the few texts that name a version one in
 * five names a wrong one. There are no structured causes: those need no guess.
 * Of every second service it is known when errors began: two thirds of the causes
 * show within minutes, the others later, and trouble is noticed some minutes
 * after it began (log-normal, median 6 min).
 */
export function replaySetOf(seed: number, days = 90): ReplaySet {
  const random = randomOf(seed);
  // Of their own, so that all else is as it would be without.
  const onsets = randomOf(seed + 1000);
  const oneOf = <T>(items: readonly T[]): T =>
    items[Math.floor(random() * items.length)];
  const services = Array.from({ length: SERVICES }, (_, at) => `s${at}`);
  const dependsOn = new Map(
    services.map((service, at) => [
      service,
      services.filter((_, other) => other > at && random() < 2.2 / SERVICES),
    ]),
  );
  const hopsOf = (serviceId: string) =>
    servicesWithin({ of: [serviceId], dependsOn });
  const trains = Array.from({ length: days }, (_, day) =>
    Math.floor(day * DAY + (9 + 7 * random()) * HOUR),
  );
  const changes = services.flatMap((service, at) =>
    changesOf({ service, trains, perDay: at % 4 === 0 ? 5 : 0.5, random }),
  );
  const incidents: LabelledIncident[] = [];
  const bad = new Set<string>();
  const count = days * 3;
  for (let made = 0; made < count; made += 1) {
    const dice = random();
    const serviceId = oneOf(services);
    const hops = hopsOf(serviceId);
    const pool = changes.filter(each => {
      const steps = hops.get(each.serviceId);
      return (
        !bad.has(each.id) &&
        steps !== undefined &&
        (dice < 0.5 ? steps === 0 : steps > 0)
      );
    });
    const cause = dice < 0.7 && pool.length > 0 ? oneOf(pool) : undefined;
    const delay = Math.exp(Math.log(25) + 1.25 * normal(random)) * MINUTE;
    const startedAt = Math.floor(
      cause?.finishedAt === undefined
        ? random() * days * DAY
        : cause.finishedAt + delay,
    );
    if (cause) {
      bad.add(cause.id);
      if (cause.risk && random() < 0.4) {
        cause.risk = 'high';
      }
    }
    const rise = random() < 0.75 ? 0.005 + 0.08 * random() : 0;
    for (const each of changes) {
      const gap = startedAt - (each.finishedAt as number);
      const near = each.serviceId === serviceId && gap >= 0 && gap < HOUR;
      if (each.errors && (near || each === cause)) {
        each.errors.after += rise;
      }
    }
    const erringFrom = onsetOf({ startedAt, delay, cause, random: onsets });
    const isTold = services.indexOf(serviceId) % 2 === 0 && rise > 0;
    incidents.push({
      serviceId,
      truth: cause?.id,
      ...(isTold ? { erringFrom } : {}),
      incident: {
        startedAt,
        impactKnown: random() < 0.3,
        resolvedAt: startedAt + Math.floor(random() * 3 * HOUR),
        environments: [],
        texts: [titleOf({ cause, changes, startedAt, random })],
        causes: [],
      },
    });
  }
  return { changes, incidents, hopsOf };
}

function changesOf(options: {
  service: string;
  /** When each day's train leaves. */
  trains: readonly number[];
  perDay: number;
  random: () => number;
}): SuspectCandidate[] {
  const { service, trains, perDay, random } = options;
  const count = Math.round(trains.length * perDay);
  return Array.from({ length: count }, (_, at): SuspectCandidate => {
    const isDeployment = random() < 0.7;
    const day = Math.floor(random() * trains.length);
    // Nine in ten of the others by day.
    const hour = random() < 0.9 ? 8 + random() * 10 : random() * 24;
    const startedAt = Math.floor(
      random() < 0.33
        ? trains[day] + random() * 15 * MINUTE
        : day * DAY + hour * HOUR,
    );
    const before = 0.002 * random();
    const name = isDeployment
      ? `${service.slice(1)}.${at}.7`
      : `${(at + 4096).toString(16)}${service.slice(1)}c0ffee`;
    return {
      id: `${service}-${at}`,
      kind: isDeployment ? 'deployment' : 'change',
      serviceId: service,
      label: `${service} ${name}`,
      names: [name],
      startedAt,
      finishedAt: startedAt + Math.floor(random() * 12 * MINUTE),
      ...(random() < 0.67
        ? {
            risk: (['low', 'medium', 'medium', 'high'] as const)[
              Math.floor(random() * 4)
            ],
          }
        : {}),
      ...(random() < 0.5
        ? { errors: { before, after: before * Math.exp(0.7 * normal(random)) } }
        : {}),
    };
  });
}

function onsetOf(options: {
  startedAt: number;
  /** From the cause's finish until it was noticed: milliseconds. */
  delay: number;
  cause?: SuspectCandidate;
  random: () => number;
}): number {
  const { startedAt, delay, cause, random } = options;
  const isPrompt = random() < 0.67;
  const prompt = -Math.log(1 - random()) * 4 * MINUTE;
  const seen = Math.exp(Math.log(6) + 0.8 * normal(random)) * MINUTE;
  if (!cause) {
    return Math.floor(startedAt - seen);
  }
  const late = Math.max(delay / 2, delay - seen);
  return Math.floor(
    startedAt - delay + (isPrompt ? Math.min(prompt, delay) : late),
  );
}

function titleOf(options: {
  cause?: SuspectCandidate;
  changes: readonly SuspectCandidate[];
  startedAt: number;
  random: () => number;
}): string {
  const { cause, changes, startedAt, random } = options;
  if (random() > 0.12) {
    return 'Error rate is high';
  }
  const near = changes.filter(
    each => Math.abs(each.startedAt - startedAt) < 6 * HOUR,
  );
  const right = cause && random() < 0.8;
  const named = right ? cause : near[Math.floor(random() * near.length)];
  return named ? `Errors since ${named.names[0]}` : 'Errors since today';
}

function normal(random: () => number): number {
  return (
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  );
}
