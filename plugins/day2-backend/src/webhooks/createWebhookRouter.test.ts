import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockServices } from '@backstage/backend-test-utils';
import {
  bearerVerifier,
  type WebhookDelivery,
} from '@day2/backstage-plugin-day2-node';
import express from 'express';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { hookSource, signed } from '../__testUtils__/hookSource';
import { createWebhookRouter } from './createWebhookRouter';

describe('createWebhookRouter', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  async function start(options: {
    accept?: () => Promise<void>;
    verify?: (delivery: WebhookDelivery) => boolean;
  }) {
    const kept: { source: string; delivery: WebhookDelivery }[] = [];
    const logger = mockServices.logger.mock();
    const clock = { now: 0 };
    const source = hookSource({ id: 'toy:a' });
    const app = express();
    app.use(
      createWebhookRouter({
        sources: [
          {
            ...source,
            webhook: {
              ...source.webhook!,
              ...(options.verify ? { verify: options.verify } : {}),
            },
          },
        ],
        inbox: {
          accept: async each => {
            await options.accept?.();
            kept.push(each);
          },
        },
        onAccepted: () => {},
        logger,
        now: () => clock.now,
        timeoutMs: 50,
      }),
    );
    app.use(
      MiddlewareFactory.create({
        config: mockServices.rootConfig(),
        logger: mockServices.logger.mock(),
      }).error(),
    );
    server = createServer(app);
    await new Promise<void>(resolve => {
      server!.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const post = (
      id: string,
      body: string,
      headers: Record<string, string> = signed(body),
    ) =>
      fetch(`http://127.0.0.1:${port}/webhooks/${id}`, {
        method: 'POST',
        body,
        headers,
      });
    return { post, port, kept, logger, clock };
  }

  it('keeps the bytes as they came, and no header that proves anything', async () => {
    const { post, kept } = await start({});
    const body = '{ "a":  "\u00e4" }\n';
    expect((await post('toy:a', body)).status).toBe(202);
    expect(kept).toEqual([
      {
        source: 'toy:a',
        delivery: {
          headers: {
            'content-type': 'application/json',
            'user-agent': expect.any(String),
          },
          body: Buffer.from(body),
        },
        isHint: false,
      },
    ]);
  });

  it('says nothing of what a database says', async () => {
    const { post, logger } = await start({
      accept: async () => {
        throw Object.assign(new Error('insert … the-body'), { code: '53300' });
      },
    });
    const answer = await post('toy:a', 'the-body');
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain('insert');
    expect(logger.error.mock.calls).toEqual([
      ['A webhook could not be kept', { source: 'toy:a', code: '53300' }],
    ]);
  });

  it('lets nobody in by a verifier that fails', async () => {
    const { post, kept } = await start({
      verify: () => {
        throw new Error('broken');
      },
    });
    expect((await post('toy:a', 'x')).status).toBe(401);
    expect(kept).toEqual([]);
  });

  it('logs refusals once a minute, with their number', async () => {
    const { post, logger, clock } = await start({});
    const forged = () => post('toy:a', 'x', signed('x', 'another'));
    for (let at = 0; at < 5; at += 1) {
      await forged();
      await post(`toy:${at}`, 'x');
    }
    const said = () => logger.warn.mock.calls.map(([, meta]) => meta);
    expect(said()).toEqual([{ source: 'toy:a', refused: 1 }, { refused: 1 }]);
    clock.now += 60_000;
    await forged();
    expect(said().at(-1)).toEqual({ source: 'toy:a', refused: 5 });
  });

  it('reads no long bodies of who sends much that proves nothing, and short ones all the same', async () => {
    const { post, kept, clock } = await start({});
    const long = 'x'.repeat(100_000);
    for (let at = 0; at < 100; at += 1) {
      expect((await post('toy:a', 'x', signed('x', 'another'))).status).toBe(
        401,
      );
    }
    // Alike for every address below, so that nobody learns which there are.
    for (const source of ['toy:a', 'toy:nobody']) {
      const answer = await post(source, long);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([
        429,
        '60',
      ]);
    }
    expect((await post('toy:a', 'short')).status).toBe(202);
    // It has proven itself: behind a proxy others may be there too.
    expect((await post('toy:a', long)).status).toBe(202);
    expect(kept.map(({ delivery }) => delivery.body.length)).toEqual([
      5, 100_000,
    ]);
    clock.now += 61_000;
    expect((await post('toy:nobody', long)).status).toBe(401);
  });

  it('takes long deliveries that a token proves from anywhere', async () => {
    const { post, kept } = await start({
      verify: bearerVerifier({ tokens: ['right'] }),
    });
    const forged = { authorization: 'Bearer wrong' };
    for (let at = 0; at < 100; at += 1) {
      await post('toy:a', 'x', forged);
    }
    const long = 'x'.repeat(100_000);
    expect((await post('toy:a', long, forged)).status).toBe(429);
    const right = { authorization: 'Bearer right' };
    expect((await post('toy:a', long, right)).status).toBe(202);
    expect(kept).toHaveLength(1);
  });

  it('hangs up on what is slow', async () => {
    const { port } = await start({});
    const socket = connect(port, '127.0.0.1');
    socket.write(
      'POST /webhooks/toy:a HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nslow',
    );
    const said = await new Promise<string>((resolve, reject) => {
      let text = '';
      socket.on('data', data => {
        text += data;
      });
      socket.once('close', () => resolve(text));
      socket.once('error', reject);
    });
    expect(said.split('\r\n')[0]).toContain('408');
  });
});
