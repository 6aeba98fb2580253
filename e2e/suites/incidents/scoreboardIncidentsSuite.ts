import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectLines, mapParallel, until } from '../../support';
import { everything } from '../everything';
import { deploymentsByArgocd } from '../scoreboard/deploymentsByArgocd';
import { figuresIn, type TrueRange, wentLive } from '../scoreboard/figures';
import { groupsOf } from '../scoreboard/groups';
import { judge, type TrueDelivery } from '../scoreboard/truth';
import type { GetContext } from '../TestContext';

const DAY = 24 * 3_600_000;
const byIncident = 'It caused an incident';
const metrics = ['changeFailRate', 'failedDeploymentRecoveryTime'];

/** How long incidents lasted that are linked to a deployment; without an end where one is open. */
interface Linked {
  /** When the impact began; else the detection, where that was before the finish. */
  starts: number[];
  ends: (number | undefined)[];
}

/** The change fail rate and the recovery time, with the incidents that deployments caused. */
export function scoreboardIncidentsSuite(context: GetContext): void {
  /** Incidents by service and version of the deployment that they are linked to. */
  async function linked(): Promise<Map<string, Linked>> {
    const chen = await context().api('chen');
    const all = await chen.all('listIncidents', { query: everything });
    const found = new Map<string, Linked>();
    await mapParallel(all, async ({ id }) => {
      const { incident, suspects } = await chen.call('getIncident', {
        params: { id },
      });
      const { impactStartedAt, detectedAt, mitigatedAt, resolvedAt } =
        incident.instants;
      const end = mitigatedAt.at ?? resolvedAt.at;
      for (const suspect of suspects) {
        if (
          suspect.kind === 'deployment' &&
          ['suspected', 'confirmed'].includes(suspect.state)
        ) {
          const { deployment } = await chen.call('getDeployment', {
            params: { id: suspect.id },
          });
          const finishedAt = Date.parse(deployment.finishedAt);
          const key = keyOf({
            service: suspect.service!.title,
            version: deployment.version,
            finishedAt,
          });
          const links = found.get(key) ?? { starts: [], ends: [] };
          found.set(key, links);
          links.starts.push(
            impactStartedAt.at === undefined
              ? Math.min(finishedAt, Date.parse(detectedAt.at!))
              : Date.parse(impactStartedAt.at),
          );
          links.ends.push(end === undefined ? undefined : Date.parse(end));
        }
      }
    });
    return found;
  }

  /** What each deployment is to the two figures, by the truth and its incidents. */
  async function deliveries(): Promise<TrueDelivery[]> {
    const { truth } = context();
    const links = await linked();
    return truth.services.flatMap(({ name: service }) =>
      judge({
        truth,
        service,
        deployments: deploymentsByArgocd(truth, service),
      }).map(delivery => withIncidents(delivery, links.get(keyOf(delivery)))),
    );
  }

  async function shown(range: TrueRange): Promise<string[]> {
    const chen = await context().api('chen');
    const rows = await chen.all('getScoreboard', {
      query: {
        from: new Date(range.from).toISOString(),
        to: new Date(range.to).toISOString(),
        zone: range.zone,
        groupBy: 'team',
      },
    });
    return rows
      .flatMap(({ figures, title }) =>
        figures
          .filter(({ metric }) => metrics.includes(metric))
          .map(({ metric, figure }) => line({ ...figure, metric, of: title })),
      )
      .sort();
  }

  describe('the scoreboard, with incidents', () => {
    for (const days of [30, 60]) {
      test(`${days} days: fail rate and recovery of each team are the truth`, async () => {
        const to = Date.parse(context().truth.end);
        const range = { from: to - days * DAY, to, zone: 'UTC' };
        const all = await deliveries();
        assert.ok(
          all.some(({ failures }) => failures.includes(byIncident)),
          'no incident is linked to a deployment',
        );
        const truth = groupsOf(context().truth)
          .filter(({ grouping }) => grouping === 'team')
          .flatMap(group =>
            figuresIn(
              all.filter(({ service }) => group.services.includes(service)),
              range,
            )
              .filter(({ metric }) => metrics.includes(metric))
              .map(figure => line({ ...figure, of: group.title })),
          )
          .sort();
        await until({
          what: 'every figure',
          ask: () => shown(range),
          accept: lines => lines.join('\n') === truth.join('\n'),
          ms: 10_000,
        }).catch(async () =>
          expectLines({ of: 'Figures', shown: await shown(range), truth }),
        );
      });
    }
  });
}

/** Failed by its incidents, and restored with the last of them. */
function withIncidents(
  delivery: TrueDelivery,
  links: Linked | undefined,
): TrueDelivery {
  if (!links || !wentLive(delivery)) {
    return delivery;
  }
  const isOpen = links.ends.includes(undefined);
  const end = Math.max(...links.ends.map(at => at ?? 0));
  return {
    ...delivery,
    failures: [...delivery.failures, byIncident],
    failedFrom: Math.min(...links.starts),
    restored: isOpen
      ? undefined
      : { by: { ...delivery, finishedAt: end }, how: 'next-rollout' },
  };
}

function keyOf(
  of: Pick<TrueDelivery, 'service' | 'version' | 'finishedAt'>,
): string {
  return `${of.service} ${of.version} ${of.finishedAt}`;
}

function line(of: {
  of: string;
  metric: string;
  n: number;
  value?: number;
  reason?: string;
}): string {
  const said = of.value === undefined ? of.reason : of.value.toFixed(6);
  return `${of.of} ${of.metric}: ${said} of ${of.n}`;
}
