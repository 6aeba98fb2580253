import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { configOf } from './__testUtils__/createSource';
import { readList } from './reading/readList';
import { webhookOf } from './webhook';

const data = resolve(__dirname, '../../../../shared/data/alertmanager');
const hasData = existsSync(data);

(hasData ? describe : describe.skip)(
  'real payloads, where they are beside the repository',
  () => {
    const config = configOf({
      url: 'http://alertmanager.example',
      webhook: { token: 'a-token' },
    });
    const fileOf = (name: string) => readFileSync(join(data, name));
    const deliver = (name: string) =>
      webhookOf(config)!.read!({ headers: {}, body: fileOf(name) });
    const listOf = (alerts: unknown[]) =>
      readList({ alerts, silences: [], config });

    it('a group that fires', () => {
      const { observations, rejected } = deliver('am-webhook-01.json');
      expect(rejected).toEqual([]);
      const startsAt = Date.parse('2026-11-20T23:56:56.732Z');
      expect(observations).toEqual([
        {
          kind: 'incident',
          key: `80e3b00487604ec1:${startsAt}`,
          version: startsAt,
          subject: {
            key: expect.stringMatching(/^HighLatency#[0-9a-f]{16}$/),
            kind: 'alerts',
            traits: {
              alert: 'HighLatency',
              labels: {
                alertname: 'HighLatency',
                instance: 'a',
                service: 'checkout',
              },
            },
          },
          tool: 'alertmanager',
          nature: 'alert',
          title: 'p99 > 1s',
          url: 'http://prom.example.org/graph',
          words: [],
          detectedAt: startsAt,
        },
        expect.objectContaining({ key: `020d976610b9bdf0:${startsAt}` }),
      ]);
      expect('url' in observations[1]).toBe(false);
    });

    it('one that has ended within a group that fires', () => {
      const { observations } = deliver('am-webhook-02.json');
      const states = observations.map(said => 'resolvedAt' in said);
      expect(states).toContain(true);
      expect(states).toContain(false);
    });

    it('one that has ended', () => {
      const end = Date.parse('2026-11-21T00:00:40.766Z');
      expect(deliver('am-webhook-04.json').observations).toEqual([
        expect.objectContaining({
          version: end,
          resolvedAt: end,
          detectedAt: Date.parse('2026-11-20T23:59:00.766Z'),
          words: [{ field: 'severity', word: 'critical' }],
          runbook: 'https://runbooks.example.org/checkout',
          title: 'Error rate of checkout is 3.2%',
        }),
      ]);
    });

    it('the API has the same alert under the same key', () => {
      const alerts = JSON.parse(
        fileOf('am-api-v2-alerts.silenced.json').toString(),
      );
      const { listed, rejected } = listOf(alerts);
      expect(rejected).toEqual([]);
      const delivered = deliver('am-webhook-01.json').observations.map(
        said => (said as { key: string }).key,
      );
      expect(delivered).toContain([...listed.keys()][0]);
      expect([...listed.values()][0].facts).toMatchObject({
        suppressed: { by: 'silence' },
      });
    });

    it('groups of the API hold alerts of the same form', () => {
      const [{ alerts }] = JSON.parse(
        fileOf('am-api-v2-alert-groups.json').toString(),
      );
      const { listed, rejected } = listOf(alerts);
      expect(rejected).toEqual([]);
      expect([...listed.values()][0].facts).toMatchObject({
        title: 'Error rate of checkout is 3.2%',
      });
    });
  },
);
