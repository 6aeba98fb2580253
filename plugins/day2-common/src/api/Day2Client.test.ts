import { Day2Client } from './Day2Client';

function clientAnswering(status: number, body: unknown) {
  const calls: { url: string; init: RequestInit }[] = [];
  const client = new Day2Client({
    baseUrl: async () => 'http://portal/api/day2',
    headers: async () => ({ authorization: 'Bearer t' }),
    fetch: async (url, init) => {
      calls.push({ url: String(url), init: init ?? {} });
      return new Response(JSON.stringify(body), {
        status,
        headers: { 'content-type': 'application/json' },
      });
    },
  });
  return { client, calls };
}

describe('Day2Client', () => {
  it('fills in the path, encodes it, and leaves out what is not set', async () => {
    const { client, calls } = clientAnswering(200, { items: [] });
    await client.call('listServiceTimeline', {
      params: { kind: 'component', namespace: 'default', name: 'a/b' },
      query: { limit: 10, environment: '', text: undefined, kinds: 'change' },
    });
    expect(calls[0].url).toBe(
      'http://portal/api/day2/services/component/default/a%2Fb/timeline?limit=10&kinds=change',
    );
    expect(calls[0].init.method).toBe('GET');
    expect(calls[0].init.body).toBeUndefined();
  });

  it('sends the body, its type and the idempotency key', async () => {
    const { client, calls } = clientAnswering(202, {
      key: 'k',
      repeated: false,
    });
    await client.call('createDeployment', {
      idempotencyKey: 'k',
      body: {
        service: 'component:default/a',
        environment: 'production',
        version: '1.10',
        finishedAt: '2026-01-01T00:00:00Z',
      },
    });
    expect(calls[0].init.headers).toEqual({
      'content-type': 'application/json',
      'idempotency-key': 'k',
      authorization: 'Bearer t',
    });
    expect(JSON.parse(String(calls[0].init.body)).version).toBe('1.10');
  });

  it('throws what the server said', async () => {
    const { client } = clientAnswering(404, {
      error: { name: 'NotFoundError', message: 'no such service' },
      response: { statusCode: 404 },
    });
    await expect(
      client.call('getDeployment', { params: { id: 'x' } }),
    ).rejects.toMatchObject({
      name: 'ResponseError',
      message: expect.stringContaining('404'),
      body: { error: { message: 'no such service' } },
    });
  });
});
