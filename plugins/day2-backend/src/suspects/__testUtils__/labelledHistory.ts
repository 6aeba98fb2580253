import type { Observation } from '@day2/backstage-plugin-day2-node';
import { change, deployment, shaOf } from '../../__testUtils__/observations';
import { randomOf } from '../../__testUtils__/shuffledWorld';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SERVICES = 16;

/** Something that was done, by the key of its observation. */
export interface LabelledChange {
  key: string;
  kind: 'deployment' | 'change';
  service: string;
  finishedAt: number;
}

/** An incident with what did it: the key of a change; absent where none did. */
export interface LabelledIncident {
  key: string;
  service: string;
  startedAt: number;
  truth?: string;
}

/** A history as its sources tell it, and the truth that they do not tell. */
export interface LabelledHistory {
  services: string[];
  dependsOn: Map<string, string[]>;
  /** By source. */
  observations: Map<string, Observation[]>;
  changes: LabelledChange[];
  incidents: LabelledIncident[];
}

/**
 * A company of 16 services over `days` days, whose incidents are labelled: half
 * are caused by a deployment or configuration of the service itself, a fifth by
 * one of a service that it depends on, the rest by none. The time until an
 * incident is log-normal (median 25 min), every fourth service deploys six times
 * as often as the others, a third of the changes come in trains, a third of the
 * deployments were in staging just before, and of those that broke something a
 * third is rolled back. A tenth of the titles names a version, of these one in
 * five a wrong one.
 */
export function labelledHistory(
  seed: number,
  options: { start: number; days: number },
): LabelledHistory {
  const { start, days } = options;
  const random = randomOf(seed);
  const oneOf = <T>(items: readonly T[]): T =>
    items[Math.floor(random() * items.length)];
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const services = Array.from({ length: SERVICES }, (_, at) => `svc${at}`);
  const dependsOn = new Map(
    services.map((service, at) => [
      service,
      services.filter((_, other) => other > at && random() < 2 / SERVICES),
    ]),
  );
  const trains = Array.from(
    { length: days },
    (_, day) => start + day * DAY + (9 + 7 * random()) * HOUR,
  );
  const instant = () => {
    const day = Math.floor(random() * days);
    const hour = random() < 0.9 ? 8 + random() * 10 : random() * 24;
    return Math.floor(
      random() < 0.33
        ? trains[day] + random() * 15 * MINUTE
        : start + day * DAY + hour * HOUR,
    );
  };
  const runtime: Observation[] = [];
  const git: Observation[] = [];
  const changes: LabelledChange[] = [];
  const deploy = (service: string, version: string, finishedAt: number) => {
    const key = `${service} ${version} ${finishedAt}`;
    const took = (1 + random() * 8) * MINUTE;
    const told = (environment: string, at: number) =>
      deployment({
        key: `${key} ${environment}`,
        application: service,
        environment,
        versionName: version,
        startedAt: Math.floor(at - took),
        finishedAt: at,
        basis: 'synced',
      });
    runtime.push(told('prod', finishedAt));
    if (random() < 0.33) {
      runtime.push(told('staging', finishedAt - 20 * MINUTE));
    }
    return {
      key: `${key} prod`,
      kind: 'deployment' as const,
      service,
      finishedAt,
    };
  };
  services.forEach((service, at) => {
    const count = Math.round(days * (at % 4 === 0 ? 3 : 0.5));
    const times = Array.from({ length: count }, instant).sort((a, b) => a - b);
    times.forEach((finishedAt, n) => {
      if (n === 0 || random() < 0.75) {
        changes.push(deploy(service, `${at}.${n + 1}.7`, finishedAt));
        return;
      }
      const key = `${service} configuration ${n}`;
      git.push(configuration(service, key, finishedAt));
      changes.push({ key, kind: 'change', service, finishedAt });
    });
  });
  const incidents: LabelledIncident[] = [];
  const pages: Observation[] = [];
  const bad = new Set<string>();
  const ends: { service: string; from: number; to: number }[] = [];
  for (let made = 0; made < days * 4; made += 1) {
    const dice = random();
    const service = oneOf(services);
    const near = dependsOn.get(service) ?? [];
    const pool = changes.filter(
      each =>
        !bad.has(each.key) &&
        (dice < 0.5 ? each.service === service : near.includes(each.service)),
    );
    const cause = dice < 0.7 && pool.length > 0 ? oneOf(pool) : undefined;
    const delay = Math.exp(Math.log(25) + 1.25 * normal()) * MINUTE;
    const startedAt = Math.floor(
      cause ? cause.finishedAt + delay : start + random() * days * DAY,
    );
    const to = startedAt + Math.floor((0.2 + random() * 2) * HOUR);
    // What overlaps is one incident, which has one label.
    if (
      ends.some(
        each =>
          each.service === service &&
          each.from <= to + HOUR &&
          startedAt <= each.to + HOUR,
      )
    ) {
      continue;
    }
    ends.push({ service, from: startedAt, to });
    if (cause) {
      bad.add(cause.key);
    }
    const rightly = random() < 0.8 ? cause : oneOf(changes);
    const named = random() < 0.1 ? rightly?.key.split(' ')[1] : undefined;
    const key = `p${made}`;
    incidents.push({ key, service, startedAt, truth: cause?.key });
    pages.push({
      kind: 'incident',
      key,
      version: 1,
      subject: {
        key: service,
        kind: 'incident-service',
        traits: { toolService: { tool: 'pagerduty', id: service } },
      },
      tool: 'pagerduty',
      nature: 'incident',
      title: named ? `Errors since ${named}` : 'Error rate is high',
      words: [],
      detectedAt: startedAt,
      resolvedAt: to,
      ...(random() < 0.5 ? { environment: 'prod' } : {}),
    });
    if (cause?.kind === 'deployment' && random() < 0.33) {
      rollBack(cause, {
        changes,
        deploy,
        at: Math.min(startedAt + 10 * MINUTE, to),
      });
    }
  }
  return {
    services,
    dependsOn,
    observations: new Map([
      ['argocd:a', runtime],
      ['git:a', git],
      ['pd', pages],
    ]),
    changes,
    incidents,
  };
}

/** Where nothing else was deployed since: the version before is put back. */
function rollBack(
  cause: LabelledChange,
  options: {
    changes: readonly LabelledChange[];
    deploy: (service: string, version: string, at: number) => LabelledChange;
    at: number;
  },
): void {
  const line = options.changes
    .filter(
      each => each.kind === 'deployment' && each.service === cause.service,
    )
    .filter(each => each.finishedAt <= options.at)
    .sort((a, b) => b.finishedAt - a.finishedAt);
  if (line.length > 1 && line[0] === cause) {
    options.deploy(cause.service, line[1].key.split(' ')[1], options.at);
  }
}

function configuration(service: string, key: string, at: number): Observation {
  const path = `apps/${service}/overlays/production`;
  return change({
    key,
    at,
    repository: 'tern-gitops',
    sha: shaOf(key),
    touches: [
      {
        subject: {
          key: path,
          kind: 'application',
          traits: { repository: 'tern-gitops', path, application: service },
        },
        environment: 'prod',
        fields: [{ file: 'x.yaml', field: 'spec.replicas', to: '1' }],
        versionMoved: false,
      },
    ],
  });
}
