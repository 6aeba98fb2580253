import { TestDatabases } from '@backstage/backend-test-utils';
import type { Source } from '@day2/backstage-plugin-day2-node';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import {
  HOOK_SECRET,
  hookSource,
  incidentOf,
  signed,
} from '../__testUtils__/hookSource';
import { hurried } from '../__testUtils__/hurried';
import { people } from '../__testUtils__/people';
import { sourceOf, startHub } from '../__testUtils__/startHub';
import { until } from '../__testUtils__/until';

jest.setTimeout(240_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });

const bodyOf = (...items: { key: string; version: number; title: string }[]) =>
  JSON.stringify({ items });

describe.each(databases.eachSupportedId())('webhooks on %s', id => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(stops.splice(0).map(stop => stop()));
  });

  async function startWith(sources: Source[]) {
    const database = await databases.init(id);
    const hub = await hurried(() =>
      startHub({ database, entities: () => [], sources }),
    );
    stops.push(hub.stop);
    const post = (
      source: string,
      body: string | Buffer,
      headers: Record<string, string> = signed(String(body)),
    ) =>
      fetch(`${hub.url}/webhooks/${source}`, { method: 'POST', body, headers });
    const settled = () =>
      until(async () => {
        const waiting = await database('webhook_delivery')
          .where({ state: 'waiting' })
          .first('seq');
        return waiting === undefined;
      });
    const status = async (source: string) => {
      const { body } = await hub.call('get', '/sources', people.platform);
      return body.items.find((item: { id: string }) => item.id === source);
    };
    const known = async () =>
      (await database('observation').orderBy('key').select('*')).map(
        ({ key, version, payload }) =>
          `${key} ${version} ${JSON.parse(payload).title}`,
      );
    return { database, hub, post, settled, status, known };
  }

  it('takes a signed delivery in, and the same again without effect', async () => {
    const { database, hub, post, settled, status, known } = await startWith([
      hookSource({ id: 'toy:a' }),
    ]);
    const body = bodyOf({ key: 'k', version: 2, title: 'On fire' });
    const answer = await post('toy:a', body);
    expect([answer.status, await answer.json()]).toEqual([
      202,
      { accepted: true },
    ]);
    await settled();
    expect(await known()).toEqual(['k 2 On fire']);
    expect(await status('toy:a')).toMatchObject({
      counts: { incident: 1 },
      webhook: {
        path: '/api/day2/webhooks/toy:a',
        waiting: 0,
        lastAt: expect.stringMatching(/Z$/),
      },
    });

    await database('observation').update({ version: 1 });
    expect((await post('toy:a', body)).status).toBe(202);
    await settled();
    // Had it been read again, the version would be 2.
    expect(await known()).toEqual(['k 1 On fire']);

    const older = bodyOf({ key: 'k', version: 0, title: 'Smoke' });
    expect((await post('toy:a', older)).status).toBe(202);
    await settled();
    expect(await known()).toEqual(['k 1 On fire']);

    const [{ headers }] = await database('webhook_delivery').select('headers');
    expect(Object.keys(JSON.parse(headers)).sort()).toEqual([
      'content-type',
      'user-agent',
    ]);
    // Who may not read sources is not told of them here either.
    await hub.call('get', '/sources', people.none).expect(401);
  });

  it('answers what it does not know as what is signed wrong, and keeps none', async () => {
    const { database, post } = await startWith([
      hookSource({ id: 'toy:a' }),
      sourceOf({ id: 'toy:none' }),
    ]);
    const body = bodyOf({ key: 'k', version: 2, title: 'Forged' });
    const answers = await Promise.all([
      post('toy:a', body, signed(body, 'another')),
      post('toy:a', body, {}),
      post('toy:a', `${body} `, signed(body)),
      post('toy:none', body),
      post('toy:nobody', body),
      post('toy%3Anobody', body),
    ]);
    const said = await Promise.all(
      answers.map(async answer => {
        const { error } = await answer.json();
        return `${answer.status} ${error.name} ${error.message}`;
      }),
    );
    expect(new Set(said)).toEqual(
      new Set([
        '401 AuthenticationError Not accepted: check the address, and the secret at both ends',
      ]),
    );
    expect(await database('webhook_delivery').select()).toEqual([]);
  });

  it('bounds a body in size, packing and time', async () => {
    const { database, hub, post } = await startWith([
      hookSource({ id: 'toy:small', maxBytes: 100 }),
      hookSource({ id: 'toy:a' }),
    ]);
    const large = bodyOf({ key: 'k', version: 1, title: 'x'.repeat(200) });
    expect((await post('toy:small', large)).status).toBe(413);
    // Who cannot sign is not told how much it takes.
    expect((await post('toy:small', large, {})).status).toBe(401);
    const huge = 'x'.repeat(1_100_000);
    for (const source of ['toy:a', 'toy:nobody']) {
      expect((await post(source, huge)).status).toBe(413);
      expect((await post(source, huge, {})).status).toBe(413);
    }
    const packed = gzipSync(large);
    for (const source of ['toy:a', 'toy:nobody']) {
      const answer = await post(source, packed, {
        ...signed(large),
        'content-encoding': 'gzip',
      });
      expect(answer.status).toBe(415);
    }
    // Without a length, chunk by chunk.
    const { hostname, port } = new URL(hub.url);
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const answered = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          'POST /api/day2/webhooks/toy:a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n',
        );
        socket.write(chunk.repeat(20));
      });
      socket.once('data', data => {
        resolve(data.toString().split('\r\n')[0]);
        socket.destroy();
      });
      socket.once('error', reject);
    });
    expect(answered).toContain('413');
    expect(await database('webhook_delivery').select()).toEqual([]);
  });

  it('sets aside what cannot be read, with the reason, and goes on', async () => {
    const { database, hub, post, settled, known } = await startWith([
      hookSource({ id: 'toy:a' }),
    ]);
    await post('toy:a', '{"password": "hunter2", "items": 3}');
    await post('toy:a', '\u0000 no JSON');
    await post(
      'toy:a',
      bodyOf(
        { key: 'good', version: 1, title: 'Good' },
        { key: '', version: 1, title: 'Without a key' },
      ),
    );
    await settled();
    expect(await known()).toEqual(['good 1 Good']);
    const { body } = await hub.call(
      'get',
      '/sources/toy:a/quarantine',
      people.platform,
    );
    expect(
      body.items
        .map((item: { reason: string }) => item.reason.slice(0, 60))
        .sort(),
    ).toEqual([
      'A delivery could not be read: it is no list of items',
      'A delivery could not be read: it is no list of items',
      expect.stringMatching(/^key: /),
    ]);
    expect(JSON.stringify(body)).not.toContain('hunter2');

    // Tried again, they are read as they came.
    await database('observation').delete();
    await hub
      .call('post', '/sources/toy:a/control', people.platform)
      .send({ action: 'replay-quarantine' })
      .expect(200);
    await until(async () => (await known()).length > 0);
    await settled();
    expect(await known()).toEqual(['good 1 Good']);
    expect(await database('quarantine').select('id')).toHaveLength(3);
  });

  it('keeps what comes while the source is paused', async () => {
    const { hub, post, settled, status, known } = await startWith([
      hookSource({ id: 'toy:a' }),
    ]);
    const control = (action: string) =>
      hub
        .call('post', '/sources/toy:a/control', people.platform)
        .send({ action })
        .expect(200);
    await control('pause');
    const body = bodyOf({ key: 'k', version: 1, title: 'Waits' });
    expect((await post('toy:a', body)).status).toBe(202);
    expect((await status('toy:a')).webhook.waiting).toBe(1);
    expect(await known()).toEqual([]);
    await control('resume');
    await settled();
    expect(await known()).toEqual(['k 1 Waits']);
  });

  it('a hint has its source read, and once more where it was being read', async () => {
    let runs = 0;
    let goOn = () => {};
    const { post, settled } = await startWith([
      hookSource({
        id: 'toy:a',
        kind: 'hint',
        async *pull() {
          runs += 1;
          if (runs === 2) {
            await new Promise<void>(resolve => {
              goOn = resolve;
            });
          }
          yield {
            observations: [incidentOf({ key: 'k', version: runs, title: 'x' })],
            cursor: { runs },
          };
        },
      }),
    ]);
    await until(async () => runs === 1);
    expect((await post('toy:a', '1', {})).status).toBe(401);
    expect((await post('toy:a', 'one')).status).toBe(202);
    await until(async () => runs === 2);
    for (const word of ['two', 'three', 'four']) {
      expect((await post('toy:a', word)).status).toBe(202);
    }
    await settled();
    goOn();
    await until(async () => runs === 3);
    await settled();
    expect(runs).toBe(3);
  });

  it('5,000 deliveries, repeated, out of order, forged and malformed: nothing forged in, nothing valid lost', async () => {
    const { database, post, settled } = await startWith([
      hookSource({ id: 'toy:a' }),
      hookSource({ id: 'toy:b' }),
    ]);
    const deliveries: {
      source: string;
      body: string;
      headers: Record<string, string>;
      status: number;
    }[] = [];
    const add = (
      source: string,
      body: string,
      status: number,
      headers = signed(body),
    ) => deliveries.push({ source, body, headers, status });
    const newest = new Map<string, string>();
    for (let at = 0; at < 2_400; at += 1) {
      const source = at % 3 === 0 ? 'toy:b' : 'toy:a';
      const version = Math.floor(at / 300);
      const items = [at, at + 1].map(each => ({
        key: `k${each % 300}`,
        version,
        title: `true ${version}`,
      }));
      add(source, bodyOf(...items), 202);
      for (const { key, title } of items) {
        const name = `${source} ${key}`;
        newest.set(
          name,
          title > (newest.get(name) ?? '') ? title : newest.get(name)!,
        );
      }
    }
    for (let at = 0; at < 1_400; at += 1) {
      deliveries.push(deliveries[(at * 7) % 2_400]);
    }
    for (let at = 0; at < 700; at += 1) {
      const forged = bodyOf({
        key: `k${at % 300}`,
        version: 99,
        title: 'forged',
      });
      const known = deliveries[at];
      add('toy:a', forged, 401, signed(forged, `${HOOK_SECRET}x`));
      // A signature that is good, of another body.
      deliveries[deliveries.length - 1].headers =
        at % 2 === 0 ? deliveries.at(-1)!.headers : known.headers;
    }
    for (let at = 0; at < 300; at += 1) {
      add('toy:a', `{"items": malformed ${at}`, 202);
    }
    for (let at = 0; at < 200; at += 1) {
      const body = bodyOf({ key: `k${at}`, version: 99, title: 'forged' });
      add('toy:nobody', body, 401);
    }
    expect(deliveries).toHaveLength(5_000);
    let seed = 4;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed / 2 ** 31;
    };
    const shuffled = deliveries
      .map(delivery => ({ delivery, by: random() }))
      .sort((a, b) => a.by - b.by)
      .map(({ delivery }) => delivery);

    const wrong: string[] = [];
    await Promise.all(
      Array.from({ length: 25 }, async () => {
        for (let next = shuffled.pop(); next; next = shuffled.pop()) {
          const { status } = await post(next.source, next.body, next.headers);
          if (status !== next.status) {
            wrong.push(`${status} for ${next.status}: ${next.body}`);
          }
        }
      }),
    );
    expect(wrong).toEqual([]);
    await settled();

    const rows = await database('observation').select('*');
    expect(
      new Map(
        rows.map(({ source, key, payload }) => [
          `${source} ${key}`,
          JSON.parse(payload).title,
        ]),
      ),
    ).toEqual(newest);
    expect(await database('quarantine').select('id')).toHaveLength(300);
    const kept = await database('webhook_delivery').select('body', 'state');
    expect(kept).toHaveLength(2_700);
    expect(kept.filter(({ state }) => state === 'set-aside')).toHaveLength(300);
    expect(kept.some(({ body }) => String(body).includes('forged'))).toBe(
      false,
    );
  });
});
