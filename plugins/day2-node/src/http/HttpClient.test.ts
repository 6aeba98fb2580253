import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isSourceError, type SourceError } from '../sources/SourceError';
import { HttpClient, type HttpClientOptions } from './HttpClient';

const secret = 'a-secret-in-the-answer';

let server: Server;
let url: string;
let answer: (response: ServerResponse, path: string) => void;
let paths: string[];

beforeEach(async () => {
  paths = [];
  answer = response => response.end('{"ok":true}');
  server = createServer((request, response) => {
    paths.push(request.url ?? '');
    answer(response, request.url ?? '');
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise(resolve => {
    server.close(resolve);
  });
});

function client(options: Partial<HttpClientOptions> = {}): HttpClient {
  return HttpClient.create({ tool: 'Toy', baseUrl: url, ...options });
}

async function failure(
  options: Partial<HttpClientOptions> = {},
): Promise<SourceError> {
  const { signal } = new AbortController();
  try {
    await client(options).json({ path: '/x', signal });
  } catch (error) {
    expect(isSourceError(error)).toBe(true);
    expect(`${(error as Error).message} ${(error as Error).stack}`).not.toMatch(
      secret,
    );
    return error as SourceError;
  }
  throw new Error('it answered as if nothing had happened');
}

const { signal } = new AbortController();

it('asks below a base path, without what is undefined', async () => {
  const found = await client({ baseUrl: `${url}/argo/` }).json({
    path: '/api',
    query: { a: 'x y', b: undefined, c: ['1', '2'] },
    signal,
  });
  expect(found).toEqual({ ok: true });
  expect(paths).toEqual(['/argo/api?a=x+y&c=1&c=2']);
});

it.each([
  [401, 'credential-refused'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [400, 'bad-answer'],
])('%s is %s, at once', async (status, code) => {
  answer = response => {
    response.writeHead(status);
    response.end(secret);
  };
  const error = await failure();
  expect(error).toMatchObject({ code, status });
  expect(error.fix).toBeTruthy();
  expect(paths).toHaveLength(1);
});

it('sends a form', async () => {
  let sent = '';
  server.prependListener('request', request => {
    request.on('data', (chunk: Buffer) => {
      sent += `${request.method} ${request.headers['content-type']} ${chunk}`;
    });
  });
  answer = response => setImmediate(() => response.end('{}'));
  await client().json({
    path: '/',
    method: 'POST',
    form: { query: 'sum(a{b="c"})', step: '300' },
    signal,
  });
  expect(sent).toBe(
    'POST application/x-www-form-urlencoded query=sum%28a%7Bb%3D%22c%22%7D%29&step=300',
  );
});

it('gives a refusal in JSON where that is asked for, and no other', async () => {
  const ask = () => client().json({ path: '/', refusals: [400], signal });
  answer = response => {
    response.writeHead(400);
    response.end('{"error":"bad query"}');
  };
  expect(await ask()).toEqual({ error: 'bad query' });
  answer = response => {
    response.writeHead(400);
    response.end(`<html>${secret}`);
  };
  await expect(ask()).rejects.toMatchObject({
    code: 'bad-answer',
    status: 400,
  });
  answer = response => {
    response.writeHead(422);
    response.end('{}');
  };
  await expect(ask()).rejects.toMatchObject({ status: 422 });
});

it('tries again what may pass', async () => {
  answer = response => {
    if (paths.length < 3) {
      response.writeHead(503);
    }
    response.end('{"at":3}');
  };
  expect(await client().json({ path: '/', signal })).toEqual({ at: 3 });
});

it('gives up after its tries', async () => {
  answer = response => {
    response.writeHead(502);
    response.end(secret);
  };
  expect(await failure()).toMatchObject({ code: 'unreachable', status: 502 });
  expect(paths).toHaveLength(3);
});

it.each([
  ['7', 7_000],
  [new Date(Date.now() + 60_000).toUTCString(), 50_000],
])('leaves a wait of %s to the hub', async (header, least) => {
  answer = response => {
    response.writeHead(429, { 'retry-after': header });
    response.end();
  };
  const error = await failure();
  expect(error.code).toBe('rate-limited');
  expect(error.retryAfterMs).toBeGreaterThanOrEqual(least);
  expect(paths).toHaveLength(1);
});

it.each([
  [429, 'rate-limited', 41_000],
  [400, 'bad-answer', undefined],
])('with %s, a budget that is full again soon', async (status, code, wait) => {
  answer = response => {
    response.writeHead(status, { 'ratelimit-reset': '41' });
    response.end();
  };
  expect(await failure()).toMatchObject({ code, retryAfterMs: wait });
});

it('tells a web page from half an answer', async () => {
  answer = response => response.end(`<html>${secret}</html>`);
  expect((await failure()).message).toContain('web page');
  answer = response => response.end(`{"a": "${secret}`);
  expect((await failure()).message).toContain('not whole');
});

it('takes no answer that is too large', async () => {
  answer = response => response.end(JSON.stringify('x'.repeat(2_000_000)));
  const error = await failure({ maxBytes: 1_000_000 });
  expect(error).toMatchObject({ code: 'bad-answer' });
  expect(error.message).toContain('more than 1 MB');
});

it('waits no longer than it was told', async () => {
  answer = () => {};
  expect((await failure({ timeoutMs: 100 })).code).toBe('timeout');
  answer = response => response.write('{"a":');
  expect((await failure({ timeoutMs: 100 })).code).toBe('timeout');
});

it('follows a redirect within the same origin, and no other', async () => {
  answer = (response, path) => {
    if (path === '/x') {
      response.writeHead(307, { location: '/y' });
    }
    response.end('{}');
  };
  expect(await client().json({ path: '/x', signal })).toEqual({});
  answer = response => {
    response.writeHead(302, { location: 'https://login.example/?t=1' });
    response.end();
  };
  const error = await failure();
  expect(error.code).toBe('bad-answer');
  expect(error.message).toContain('https://login.example,');
});

it('says the fault of a connection and what to do', async () => {
  server.closeAllConnections();
  await new Promise(resolve => {
    server.close(resolve);
  });
  const error = await failure({ attempts: 1 });
  expect(error).toMatchObject({ code: 'unreachable' });
  expect(`${error.message} ${error.fix}`).toContain('nothing listens there');
});

it('ends with the signal, while it waits and while it asks', async () => {
  answer = () => {};
  const abort = new AbortController();
  const slow = client({ concurrency: 1 });
  const running = [1, 2].map(() =>
    slow.json({ path: '/', signal: abort.signal }),
  );
  abort.abort(new Error('the slice is over'));
  for (const each of await Promise.allSettled(running)) {
    expect(each).toMatchObject({
      status: 'rejected',
      reason: { message: 'the slice is over' },
    });
  }
});

it('asks for no more at once than it may', async () => {
  let open = 0;
  let most = 0;
  answer = response => {
    open += 1;
    most = Math.max(most, open);
    setImmediate(() => {
      open -= 1;
      response.end('{}');
    });
  };
  const few = client({ concurrency: 2 });
  await Promise.all(
    Array.from({ length: 12 }, () => few.json({ path: '/', signal })),
  );
  expect(paths).toHaveLength(12);
  expect(most).toBeLessThanOrEqual(2);
});
