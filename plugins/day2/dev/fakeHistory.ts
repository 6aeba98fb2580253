import type {
  Change,
  Deployment,
  TimelineEntry,
} from '@day2/backstage-plugin-day2-common';
import { aChange, aDeployment } from '../src/__testUtils__/records';

export const hour = 3_600_000;
export const authors = ['Ana', 'Bo', 'Chen', 'Renovate'].map(name => ({
  id: `p-${name}`,
  name,
}));
export const work = [
  'Retry card captures once',
  'Round refunds half to even',
  'Bump fastify to 5.2.1',
  'Log the bank’s reference with each capture',
  'Drop the unused currency table',
];

/** Some months of a busy service, the same at each start. */
export function history(now: number) {
  const deployments: Deployment[] = [];
  const changes: Change[] = [];
  for (let index = 0; index < 160; index++) {
    const at = now - (index * 13.7 + (index % 5) * 3.1 + 2) * hour;
    const failed = index % 19 === 4;
    const rollback = index % 19 === 3;
    const iso = new Date(at).toISOString();
    const minor = 200 - index;
    deployments.push(
      aDeployment({
        id: `dep-${index}`,
        environment: index % 3 === 2 ? 'staging' : 'production',
        version: `2.${minor}.0`,
        previousVersion: `2.${minor - 1}.0`,
        finishedAt: iso,
        firstFinishedAt: new Date(at - 0.2 * hour).toISOString(),
        outcome: failed ? 'failed' : 'ok',
        outcomeReasons: failed
          ? [
              {
                code: 'replaced-by-rollback',
                text: 'It was rolled back after 38 min.',
              },
            ]
          : [],
        rollback: rollback ? { restoresId: `dep-${index + 2}` } : undefined,
        unplanned: rollback,
        unplannedReasons: rollback
          ? [{ code: 'rollback', text: 'It puts an earlier version back.' }]
          : [],
        actor: authors[index % 4],
        carried: { count: (index * 7) % 5, complete: true },
      }),
    );
    changes.push(
      aChange({
        id: `chg-${index}`,
        kind: index % 4 === 1 ? 'configuration' : 'code',
        title: `${work[index % 5]} (#${minor})`,
        at: new Date(at - 3 * hour).toISOString(),
        authors: [authors[index % 4]],
        pullRequest: `#${minor}`,
        reverts: index % 16 === 6 ? '1a2b3c4d5e6f7a8b9c0d' : undefined,
        deploymentIds: [`dep-${index}`],
        fields:
          index % 4 === 1
            ? [
                {
                  file: 'apps/payments-api/production/values.yaml',
                  resource: 'Deployment/payments-api',
                  field: 'spec.replicas',
                  from: '3',
                  to: '5',
                  environment: 'production',
                },
              ]
            : [],
        fieldCount: index % 4 === 1 ? 1 : 0,
      }),
    );
  }
  return { deployments, changes };
}

/** Its deployments and changes as the timeline has them, newest first. */
export function entries(world: ReturnType<typeof history>): TimelineEntry[] {
  return [
    ...world.deployments.map(
      (one): TimelineEntry => ({
        id: `e-${one.id}`,
        kind: 'deployment',
        recordId: one.id,
        at: one.finishedAt,
        environment: one.environment,
        title: `${one.previousVersion} → ${one.version}`,
        detail: `${one.carried.count} commits`,
        status: one.outcome === 'failed' ? 'failed' : 'ok',
        flags: one.rollback ? ['rollback'] : [],
        actor: one.actor,
      }),
    ),
    ...world.changes.map(
      (one): TimelineEntry => ({
        id: `e-${one.id}`,
        kind: 'change',
        recordId: one.id,
        at: one.at,
        title: one.title,
        status: 'neutral',
        flags: [
          ...(one.kind === 'configuration' ? ['configuration' as const] : []),
          ...(one.reverts ? ['revert' as const] : []),
        ],
        actor: one.authors[0],
      }),
    ),
  ].sort((a, b) => b.at.localeCompare(a.at));
}
