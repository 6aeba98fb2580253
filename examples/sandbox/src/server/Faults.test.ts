import { createServer as createHttpServer, type Server } from 'http';
import type { AddressInfo } from 'net';
import { testEnd } from '../__testUtils__/dates';
import { temporaryFolder } from '../__testUtils__/temporaryFolder';
import { createWorld } from '../world/createWorld';
import { DAY } from '../world/time';
import { createServer } from './createServer';

describe('faults of the Argo CDs', () => {
  const gitDirectory = temporaryFolder();
  const { world } = createWorld({
    seed: 7,
    start: testEnd - 5 * DAY,
    end: testEnd,
  });
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createHttpServer(
      createServer({
        gitDirectory,
        world,
        argocdToken: 'secret',
      }),
    );
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => set({ mode: 'off' }));
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  async function set(fault: object): Promise<unknown> {
    const response = await fetch(`${url}/world/faults`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ tool: 'argocd', ...fault }),
    });
    return response.json();
  }

  async function statuses(): Promise<Record<string, number>> {
    const paths = {
      list: 'eu-1/api/v1/applications',
      payments: 'eu-1/api/v1/applications/ledger-staging',
      storefront: 'eu-1/api/v1/applications/cart-staging',
      other: 'us-1/api/v1/applications',
    };
    const answers = await Promise.all(
      Object.entries(paths).map(async ([name, path]) => {
        const { status } = await fetch(`${url}/argocd/${path}`, {
          headers: { Authorization: 'Bearer secret' },
        });
        return [name, status];
      }),
    );
    return Object.fromEntries(answers);
  }

  const fine = { list: 200, payments: 200, storefront: 200, other: 200 };

  it('refuses whom it let in before', async () => {
    expect(await statuses()).toEqual(fine);
    expect(await set({ mode: '401' })).toEqual({
      git: 'off',
      argocd: '401',
      pagerduty: 'off',
    });
    expect(new Set(Object.values(await statuses()))).toEqual(new Set([401]));
    const response = await fetch(`${url}/argocd/eu-1/api/v1/applications`);
    expect(await response.json()).toMatchObject({ code: 16 });
    await set({ mode: 'off' });
    expect(await statuses()).toEqual(fine);
  });

  it('forbids some applications alone, though it lists them', async () => {
    await set({ mode: '403' });
    expect(await statuses()).toEqual({ ...fine, payments: 403 });
  });

  it('fails on one instance alone where told', async () => {
    await set({ mode: '500', instance: 'us-1' });
    expect(await statuses()).toEqual({ ...fine, other: 500 });
    await set({ mode: '403', instance: 'us-1' });
    expect(await statuses()).toEqual(fine);
  });

  it('answers a sign-in page, or nothing', async () => {
    await set({ mode: 'html' });
    const page = await fetch(`${url}/argocd/eu-1/api/v1/applications`);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    await set({ mode: 'none' });
    await expect(statuses()).rejects.toThrow();
  });

  it('makes PagerDuty refuse in its own words, and no other tool', async () => {
    const ask = () =>
      fetch(`${url}/pagerduty/services`, {
        headers: { Authorization: 'Token token=secret' },
      });
    const order = (mode: string) => set({ tool: 'pagerduty', mode });
    expect((await ask()).status).toBe(200);
    for (const [mode, code] of [
      ['401', 2006],
      ['403', 2010],
      ['429', 2020],
    ] as const) {
      await order(mode);
      const response = await ask();
      expect(`${response.status}`).toBe(mode);
      expect((await response.json()).error.code).toBe(code);
      expect(await statuses()).toEqual(fine);
    }
    await order('none');
    await expect(ask()).rejects.toThrow();
    await order('off');
    expect((await ask()).status).toBe(200);
  });

  it('counts requests by tool', async () => {
    await statuses();
    const counts = await (await fetch(`${url}/world/requests`)).json();
    expect(counts).toEqual({
      git: 0,
      argocd: expect.any(Number),
      pagerduty: expect.any(Number),
    });
    expect(counts.argocd).toBeGreaterThanOrEqual(4);
  });
});
