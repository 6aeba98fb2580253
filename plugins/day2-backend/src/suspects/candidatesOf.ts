import {
  deploymentLabel,
  type SuspectCandidate,
  type Undoing,
} from '@day2/backstage-plugin-day2-common';
import type { CarriedCommit } from './carriedCommits';
import { BY_THEMSELVES, type SuspectChange } from './changesAround';
import type { SuspectDeployment } from './deploymentsAround';
import { undoingsOf } from './undoingsOf';

/**
 * What may have caused an incident, or mends it: deployments, those that one
 * event began as one, and the changes that take effect by themselves.
 *
 * @param options - `commits`: those that are reverted, revert or are named, by
 * the deployment that brought them
 */
export function candidatesOf(options: {
  /** Of the incident: epoch milliseconds. */
  startedAt: number;
  deployments: readonly SuspectDeployment[];
  changes: readonly SuspectChange[];
  commits: ReadonlyMap<string, readonly CarriedCommit[]>;
}): SuspectCandidate[] {
  const { deployments, changes, commits } = options;
  const mains = new Map(
    deployments.flatMap(({ id, parts }) =>
      parts.map((part): [string, string] => [part, id]),
    ),
  );
  const nameOf = (id: string) => mains.get(id) ?? id;
  const undone = undoingsOf({ ...options, nameOf });
  const events = new Map<string, SuspectDeployment[]>();
  for (const each of deployments) {
    const name = nameOf(each.id);
    const known = events.get(name) ?? [];
    // The one that stands for all is the first.
    events.set(name, each.id === name ? [each, ...known] : [...known, each]);
  }
  const reverting = new Set([...undone.values()].flat().map(({ id }) => id));
  return [
    ...[...events.values()]
      .filter(parts => parts.some(({ live }) => live))
      .map(parts => ofDeployment(parts, { commits, undone })),
    ...changes
      .filter(
        ({ id, kind }) => BY_THEMSELVES.includes(kind) || reverting.has(id),
      )
      .map(change => ofChange(change, undone)),
  ];
}

function ofDeployment(
  parts: readonly SuspectDeployment[],
  facts: {
    commits: ReadonlyMap<string, readonly CarriedCommit[]>;
    undone: ReadonlyMap<string, Undoing[]>;
  },
): SuspectCandidate {
  const [main] = parts;
  const versions = [...new Set(parts.map(({ version }) => version))];
  return {
    id: main.id,
    kind: 'deployment',
    serviceId: main.serviceId,
    environment: main.environment,
    label: deploymentLabel({ service: main.serviceTitle, versions }),
    names: [
      ...new Set(
        parts.flatMap(each => [
          each.version,
          ...[each.applicationSha, each.manifestSha].flatMap(sha => sha ?? []),
          ...each.urls,
          ...(facts.commits.get(each.id) ?? []).map(({ sha }) => sha),
        ]),
      ),
    ],
    startedAt: Math.min(...parts.map(({ startedAt }) => startedAt)),
    finishedAt: Math.max(...parts.map(({ finishedAt }) => finishedAt)),
    landed: parts.some(({ landed }) => landed),
    undone: facts.undone.get(main.id) ?? [],
  };
}

function ofChange(
  change: SuspectChange,
  undone: ReadonlyMap<string, Undoing[]>,
): SuspectCandidate {
  return {
    id: change.id,
    kind: 'change',
    serviceId: change.serviceId,
    ...(change.environment === undefined
      ? {}
      : { environment: change.environment }),
    label: change.title,
    names: change.names,
    startedAt: change.at,
    finishedAt: change.at,
    landed: change.kind !== 'event',
    undone: undone.get(change.id) ?? [],
  };
}
