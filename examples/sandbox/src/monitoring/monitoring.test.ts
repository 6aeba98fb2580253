import { createServer, type Server } from 'http';
import type { AddressInfo } from 'net';
import { join } from 'path';
import { setTimeout as delay } from 'timers/promises';
import { temporaryFolder } from '../__testUtils__/temporaryFolder';
import { createSandbox, type Sandbox } from '../sandbox/createSandbox';
import type { SandboxOptions } from '../sandbox/SandboxOptions';
import { SignalCounters } from '../world/signals/SignalCounters';
import { DAY, MINUTE } from '../world/time';

const {
  DAY2_TEST_PROMETHEUS: prometheus,
  DAY2_TEST_PROMTOOL: promtool,
  DAY2_TEST_ALERTMANAGER: alertmanager,
} = process.env;
const programs =
  prometheus && promtool && alertmanager
    ? { prometheus, promtool, alertmanager }
    : undefined;
const reason = programs
  ? ''
  : ' (skipped: DAY2_TEST_PROMETHEUS, _PROMTOOL and _ALERTMANAGER name no programs)';

/** What Alertmanager told the portal. */
interface Told {
  path: string;
  authorization?: string;
  alerts: Array<{
    status: string;
    labels: Record<string, string>;
    annotations: Record<string, string>;
    generatorURL: string;
  }>;
}

(programs ? describe : describe.skip)(`monitoring${reason}`, () => {
  const folder = temporaryFolder();
  const told: Told[] = [];
  let portal: Server;
  let sandbox: Sandbox;
  const said: string[] = [];

  beforeAll(async () => {
    portal = createServer((request, response) => {
      let text = '';
      request.on('data', chunk => {
        text += chunk;
      });
      request.on('end', () => {
        // Deployments and incidents are posted there, too.
        if (request.url!.includes('/webhooks/alertmanager:')) {
          told.push({
            path: request.url!,
            authorization: request.headers.authorization,
            ...JSON.parse(text),
          });
        }
        response.writeHead(202).end();
      });
    });
    await new Promise<void>(resolve => {
      portal.listen(0, '127.0.0.1', resolve);
    });
    sandbox = await start();
  }, 120_000);

  afterAll(async () => {
    await sandbox.stop();
    portal.closeAllConnections();
    portal.close();
  }, 60_000);

  function start(more: Partial<SandboxOptions> = {}): Promise<Sandbox> {
    const { port } = portal.address() as AddressInfo;
    return createSandbox({
      stateDir: folder,
      start: Date.now() - 40 * DAY,
      // Nothing but what the test orders.
      pace: 86_400,
      backend: { url: `http://127.0.0.1:${port}`, token: 'a-secret-token' },
      monitoring: { programs: programs! },
      onProgress: text => said.push(text),
      ...more,
    });
  }

  async function query(text: string, at?: number): Promise<number | undefined> {
    const url = new URL(`${sandbox.monitoring!.prometheusUrl}/api/v1/query`);
    url.searchParams.set('query', text);
    if (at !== undefined) {
      url.searchParams.set('time', `${at / 1000}`);
    }
    const response = await fetch(url);
    const { data } = (await response.json()) as {
      data: { result: Array<{ value: [number, string] }> };
    };
    const [first] = data.result;
    return first && Number(first.value[1]);
  }

  async function until<T>(
    what: string,
    ask: () => Promise<T | undefined> | T | undefined,
    ms = 60_000,
  ): Promise<T> {
    const end = Date.now() + ms;
    for (;;) {
      const answer = await ask();
      if (answer !== undefined) {
        return answer;
      }
      if (Date.now() > end) {
        throw new Error(`Waited in vain for ${what}; ${said.join('\n')}`);
      }
      await delay(250);
    }
  }

  async function post(path: string, body: object): Promise<Response> {
    return fetch(`${sandbox.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** What the world counted of a service until then. */
  function counted(service: string, at: number) {
    const counters = SignalCounters.create({ world: sandbox.world });
    counters.advanceTo(at);
    return counters.services.find(each => each.service === service)!;
  }

  it('Prometheus knows the past as the world counted it', async () => {
    const day = Math.floor(Date.now() / DAY) * DAY;
    for (const daysAgo of [1, 12, 33]) {
      const at = day - daysAgo * DAY;
      const { requests, errors } = counted('payments-api', at);
      const selector = 'service="payments-api"';
      expect(await query(`sum(http_requests_total{${selector}})`, at)).toBe(
        requests,
      );
      expect(
        await query(`sum(http_requests_total{${selector},code="500"})`, at),
      ).toBe(errors);
    }
    const truth =
      counted('payments-api', day).requests -
      counted('payments-api', day - 30 * DAY).requests;
    const measured = await query(
      'sum(increase(http_requests_total{service="payments-api"}[30d]))',
      day,
    );
    expect(Math.abs(measured! / truth - 1)).toBeLessThan(0.005);
  }, 60_000);

  it('scrapes go on from it in the same series', async () => {
    await until('a scrape', () => query('up == 1'), 90_000);
    expect(await query('count(http_requests_total)')).toBe(24);
    const now = await until('the scraped counter', async () => {
      const series = 'http_requests_total{service="ledger",code="200"}';
      const samples = await query(`count_over_time(${series}[2m])`);
      return samples && samples > 2 ? query(series) : undefined;
    });
    const yesterday = counted('ledger', Date.now() - DAY);
    expect(now).toBeGreaterThan(yesterday.requests - yesterday.errors);
  }, 120_000);

  it('a bad release fires an alert into the webhook, and ends it', async () => {
    const refused = await post('/world/bad-releases', { rollbackSeconds: 1 });
    expect(refused.status).toBe(400);
    const ordered = await post('/world/bad-releases', {
      service: 'payments-api',
      rollbackSeconds: 30,
    });
    expect(ordered.status).toBe(202);
    const alertOf = (status: string) => () =>
      told
        .flatMap(({ alerts }) => alerts)
        .find(
          alert =>
            alert.status === status &&
            alert.labels.alertname === 'TooManyErrors' &&
            alert.labels.service === 'payments-api',
        );
    const firing = await until('the alert', alertOf('firing'), 180_000);
    expect(firing.labels).toMatchObject({
      environment: 'production',
      severity: 'page',
    });
    expect(firing.annotations.runbook_url).toMatch(/^https:/);
    expect(firing.generatorURL).toContain(sandbox.monitoring!.prometheusUrl);
    expect(told[0].path).toBe('/api/day2/webhooks/alertmanager:tern');
    expect(told[0].authorization).toBe('Bearer a-secret-token');
    const again = await post('/world/bad-releases', {});
    expect(again.status).toBe(409);
    await until('its end', alertOf('resolved'), 300_000);
    const outage = sandbox.world.outages.at(-1)!;
    expect(outage.cause?.service).toBe('payments-api');
    expect(outage.mitigatedAt! - outage.startedAt).toBeLessThan(5 * MINUTE);
  }, 600_000);

  it('killed it is started by nobody, until that is ordered', async () => {
    const states = async (tool: string, mode: string) => {
      const response = await post('/world/faults', { tool, mode });
      return [response.status, await response.json()];
    };
    expect(await states('prometheus', 'none')).toEqual([
      200,
      { prometheus: 'ended', alertmanager: 'running' },
    ]);
    await expect(query('1')).rejects.toThrow('fetch failed');
    expect(await states('alertmanager', 'slow')).toEqual([
      200,
      { prometheus: 'ended', alertmanager: 'paused' },
    ]);
    expect(await states('prometheus', '401')).toEqual([400, expect.anything()]);
    await states('alertmanager', 'off');
    expect(await states('prometheus', 'off')).toEqual([
      200,
      { prometheus: 'running', alertmanager: 'running' },
    ]);
    expect(await query('vector(1)')).toBe(1);
  }, 120_000);

  it('a restart fills what was missed, and nothing twice', async () => {
    await sandbox.stop();
    said.length = 0;
    sandbox = await start();
    expect(said.filter(text => /35\.0 days/.test(text))).toEqual([]);
    const at = Math.floor(Date.now() / DAY) * DAY - 20 * DAY;
    const { requests } = counted('cart', at);
    expect(await query('sum(http_requests_total{service="cart"})', at)).toBe(
      requests,
    );
  }, 120_000);

  it('a program that does not start is said, and the sandbox goes on', async () => {
    const words: string[] = [];
    const other = await createSandbox({
      stateDir: join(folder, 'other'),
      start: Date.now() - 2 * DAY,
      live: false,
      monitoring: { programs: { ...programs!, alertmanager: '/nowhere' } },
      onProgress: text => words.push(text),
    });
    expect(other.monitoring).toBeUndefined();
    expect(words.join('\n')).toMatch(
      /goes on without Prometheus and Alertmanager: Alertmanager did not start/,
    );
    const health = await fetch(`${other.url}/healthz`);
    expect(health.status).toBe(200);
    await other.stop();
  }, 60_000);
});
