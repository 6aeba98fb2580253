import { createServer as createHttpServer, type Server } from 'http';
import type { AddressInfo } from 'net';
import { testEnd } from '../__testUtils__/dates';
import type { Life } from '../sandbox/Life';
import { DAY } from '../world/time';
import { World } from '../world/World';
import { createServer } from './createServer';
import type { LiveParts } from './orders';

describe('orders', () => {
  const live: LiveParts = { isReady: false };
  const world = World.create({
    seed: 1,
    start: testEnd - 3 * DAY,
    end: testEnd,
  });
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createHttpServer(
      createServer({ gitDirectory: '/nowhere', world, argocdToken: 'x', live }),
    );
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  async function post(path: string, body: object): Promise<[number, unknown]> {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return [response.status, await response.json()];
  }

  it('says it is healthy once everything beside it runs', async () => {
    expect((await fetch(`${url}/healthz`)).status).toBe(503);
    live.isReady = true;
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('a bad release needs a service that there is, and a world that goes on', async () => {
    const refused = async (body: object) =>
      (await post('/world/bad-releases', body))[0];
    expect(await refused({ service: 'nobody-knows' })).toBe(404);
    expect(await refused({ rollbackSeconds: 29 })).toBe(400);
    expect(await refused({ rollbackSeconds: '60' })).toBe(400);
    expect(await refused({ rollback: 60 })).toBe(400);
    expect(await post('/world/bad-releases', {})).toEqual([
      409,
      { error: 'the world stands still' },
    ]);
  });

  it('a bad release is ordered with what was left out, and a failure is told', async () => {
    const asked: unknown[] = [];
    live.life = {
      order: async (order: { service: string; rollbackSeconds: number }) => {
        asked.push(order);
        if (order.service === 'cart') {
          throw new Error('the disk is full');
        }
        return { id: 'bad-1', at: testEnd, tempoSeconds: 4, ...order };
      },
    } as unknown as Life;
    expect(await post('/world/bad-releases', {})).toEqual([
      202,
      { id: 'bad-1', at: new Date(testEnd).toISOString() },
    ]);
    expect(asked).toEqual([{ service: 'payments-api', rollbackSeconds: 300 }]);
    expect(await post('/world/bad-releases', { service: 'cart' })).toEqual([
      500,
      { error: 'the disk is full' },
    ]);
  });

  it('programs that do not run cannot be ordered about', async () => {
    const fault = (body: object) => post('/world/faults', body);
    expect(await fault({ tool: 'prometheus', mode: 'none' })).toEqual([
      409,
      { error: 'prometheus does not run here' },
    ]);
    expect((await fault({ tool: 'alertmanager', mode: '401' }))[0]).toBe(400);
    expect((await fault({ tool: 'git', mode: 'off' }))[0]).toBe(200);
  });

  it('tells what the services count, as Prometheus reads it', async () => {
    const response = await fetch(`${url}/metrics`);
    const text = await response.text();
    expect(response.headers.get('content-type')).toMatch(
      /^text\/plain;.* version=0\.0\.4/,
    );
    expect(text).toMatch(
      /^# TYPE http_requests_total counter\nhttp_requests_total\{service="payments-api",environment="production",code="200"\} \d+$/m,
    );
    expect(text).toMatch(
      /^http_request_duration_seconds_bucket\{service="ledger",environment="production",le="\+Inf"\} \d+$/m,
    );
    expect(text).not.toMatch(/duration.*"cart"/);
  });
});
