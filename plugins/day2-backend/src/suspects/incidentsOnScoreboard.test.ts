import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  DeliveryRecord,
  Scoreboard,
} from '@day2/backstage-plugin-day2-common';
import type { IncidentObservation } from '@day2/backstage-plugin-day2-node';
import { component, people } from '../__testUtils__/people';
import { sourceOf, startHub } from '../__testUtils__/startHub';
import { until } from '../__testUtils__/until';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const HOUR = 3600_000;
const DAY = 24 * HOUR;
const START = Math.floor(Date.now() / DAY) * DAY - 14 * DAY;
const range = {
  from: new Date(START).toISOString(),
  to: new Date(START + 14 * DAY).toISOString(),
};
const iso = (hour: number) => new Date(START + hour * HOUR).toISOString();

/** Half an hour after the deployment on day 4, for two hours. */
const incident: IncidentObservation = {
  kind: 'incident',
  key: '1',
  version: 1,
  subject: {
    key: 'PAY',
    kind: 'incident-service',
    traits: { toolService: { tool: 'pagerduty', id: 'PAY' } },
  },
  tool: 'pagerduty',
  nature: 'incident',
  title: 'Payments fail',
  words: [],
  detectedAt: START + 4 * DAY + HOUR / 2,
  resolvedAt: START + 4 * DAY + 2.5 * HOUR,
};

describe.each(databases.eachSupportedId())(
  'incidents on the scoreboard on %s',
  id => {
    let hub: Awaited<ReturnType<typeof startHub>>;

    beforeAll(async () => {
      hub = await startHub({
        database: await databases.init(id),
        entities: () => [
          component('payments-api', 'payments', {
            'pagerduty.com/service-id': 'PAY',
          }),
        ],
        sources: [
          sourceOf({
            id: 'pd',
            kinds: ['incident'],
            async *pull() {
              yield { observations: [incident], cursor: { done: true } };
            },
          }),
        ],
      });
      for (const day of [0, 2, 4, 6, 8]) {
        await deploy(day);
      }
    });

    afterAll(async () => {
      await hub.stop();
    });

    async function deploy(day: number, version = `1.${day}.0`, hour = 0) {
      await hub
        .call('post', '/deployments', people.service)
        .set('idempotency-key', `${version}-${day}`)
        .send({
          service: 'component:default/payments-api',
          environment: 'production',
          version,
          finishedAt: iso(day * 24 + hour),
        })
        .expect(202);
    }

    async function figure(metric: string) {
      const { body } = await hub
        .call('get', '/scoreboard', people.platform)
        .query(range);
      return (body as Scoreboard).total.figures.find(
        each => each.metric === metric,
      );
    }

    async function records(metric: string, role: string) {
      const { body } = await hub
        .call('get', '/scoreboard/records', people.platform)
        .query({ ...range, metric, role, grouping: 'organisation' });
      return body.items as DeliveryRecord[];
    }

    it('what is suspected counts and says so; what a rollback confirms is sure', async () => {
      await until(async () => {
        const rate = await figure('changeFailRate');
        return rate?.figure.value === 1 / 5;
      });
      expect((await figure('changeFailRate'))?.beside).toEqual([
        {
          name: 'suspected',
          figure: { value: 1, unit: 'failed deployments', n: 1 },
        },
      ]);
      expect(await records('changeFailRate', 'numerator')).toMatchObject([
        {
          version: '1.4.0',
          reasons: [
            {
              code: 'incident-suspected',
              text: 'It is suspected to have caused an incident: Payments fail',
            },
          ],
        },
      ]);
      const [record] = await records('failedDeploymentRecoveryTime', 'counted');
      const { body } = await hub.call('get', '/incidents', people.platform);
      expect(record.recovery).toEqual({
        failureStartedAt: iso(4 * 24),
        restoredAt: iso(4 * 24 + 2.5),
        seconds: 2.5 * 3600,
        how: 'incident',
        incidentId: body.items[0].id,
      });

      await deploy(4, '1.2.0', 1);
      await until(async () => {
        const rate = await figure('changeFailRate');
        return rate?.beside.length === 0;
      });
      const [failed] = await records('changeFailRate', 'numerator');
      expect(failed.reasons.map(({ code }) => code)).toEqual([
        'rolled-back',
        'incident-confirmed',
      ]);
      const [rework] = await records('deploymentReworkRate', 'numerator');
      expect(rework.version).toBe('1.2.0');
      expect(rework.reasons.map(({ code }) => code)).toContain(
        'fixes-incident',
      );
    });
  },
);
