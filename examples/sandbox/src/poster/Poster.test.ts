import express from 'express';
import { createServer, type Server } from 'http';
import type { AddressInfo } from 'net';
import { join } from 'path';
import { temporaryFolder } from '../__testUtils__/temporaryFolder';
import { StateFolder } from '../state/StateFolder';
import type { Post } from '../world/records';
import { Poster } from './Poster';

/** A portal that takes each idempotency key once, when it answers at all. */
class FakePortal {
  readonly taken: Array<{ key: string; path: string; body: unknown }> = [];
  readonly seen: string[] = [];
  /** What the next requests are answered instead of being taken. */
  answers: Array<number | 'take and hang up'> = [];
  authorization?: string;
  #server!: Server;

  async start(): Promise<string> {
    const app = express();
    app.use(
      express.json({
        type: ['application/json', 'application/cloudevents+json'],
      }),
    );
    app.post('/api/day2/:kind', (request, response) => {
      const key = request.get('Idempotency-Key')!;
      this.authorization = request.get('Authorization');
      this.seen.push(key);
      const answer = this.answers.shift();
      if (typeof answer === 'number') {
        response.status(answer).json({});
        return;
      }
      const repeated = this.taken.some(t => t.key === key);
      if (!repeated) {
        const { kind } = request.params;
        this.taken.push({ key, path: kind, body: request.body });
      }
      if (answer === 'take and hang up') {
        request.socket.destroy();
        return;
      }
      response.status(repeated ? 200 : 201).json({ key, repeated });
    });
    this.#server = createServer(app);
    await new Promise<void>(resolve => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}

function posts(count: number): Post[] {
  return Array.from({ length: count }, (_, i) => ({
    at: i,
    key: `key-${i}`,
    kind: i % 2 === 0 ? 'deployment' : 'event',
    body: { number: i },
  }));
}

describe('Poster', () => {
  const folder = temporaryFolder();
  let portal: FakePortal;
  let url: string;
  let number = 0;
  let state: StateFolder;
  let waits: number[];
  const running: Poster[] = [];

  async function poster(list: Post[], backendUrl = url) {
    const made = await Poster.create({
      state,
      posts: list,
      backendUrl,
      token: 'secret',
      wait: async ms => {
        waits.push(ms);
        await new Promise(resolve => {
          setImmediate(resolve);
        });
      },
    });
    running.push(made);
    return made;
  }

  async function delivered(made: Poster, count: number) {
    while (made.status().delivered < count) {
      await new Promise(resolve => {
        setImmediate(resolve);
      });
    }
  }

  beforeEach(async () => {
    portal = new FakePortal();
    url = await portal.start();
    state = StateFolder.create({ stateDir: join(folder, `${(number += 1)}`) });
    waits = [];
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map(made => made.stop()));
    await portal.stop();
  });

  const keys = () => portal.taken.map(t => t.key);

  it('posts in order, each to its route, with token and key', async () => {
    const made = await poster(posts(4));
    made.start();
    await delivered(made, 4);
    expect(portal.taken).toEqual([
      { key: 'key-0', path: 'deployments', body: { number: 0 } },
      { key: 'key-1', path: 'events', body: { number: 1 } },
      { key: 'key-2', path: 'deployments', body: { number: 2 } },
      { key: 'key-3', path: 'events', body: { number: 3 } },
    ]);
    expect(portal.authorization).toBe('Bearer secret');
    expect(waits).toEqual([]);
  });

  it('tries again, ever slower, until it is taken', async () => {
    portal.answers = [503, 401, 404, 429];
    const made = await poster(posts(2));
    made.start();
    await delivered(made, 2);
    expect(keys()).toEqual(['key-0', 'key-1']);
    expect(portal.seen).toEqual([
      'key-0',
      'key-0',
      'key-0',
      'key-0',
      'key-0',
      'key-1',
    ]);
    expect(waits).toEqual([1000, 2000, 4000, 8000]);
  });

  it('never waits longer than a minute, and says why', async () => {
    portal.answers = Array(9).fill(502);
    const made = await poster(posts(1));
    made.start();
    await delivered(made, 1);
    expect(Math.max(...waits)).toBe(60_000);
    expect(made.status().lastError).toBeUndefined();
  });

  it('repeats under the same key what it cannot know was taken', async () => {
    portal.answers = ['take and hang up'];
    const made = await poster(posts(2));
    made.start();
    await delivered(made, 2);
    expect(portal.seen).toEqual(['key-0', 'key-0', 'key-1']);
    expect(keys()).toEqual(['key-0', 'key-1']);
  });

  it('goes on after a restart where it was, with what was added', async () => {
    const list = posts(3);
    const first = await poster(list);
    first.start();
    await delivered(first, 3);
    await first.stop();
    const second = await poster([...list, ...posts(5).slice(3)]);
    second.start();
    await delivered(second, 5);
    expect(portal.seen).toEqual(posts(5).map(p => p.key));
  });

  it('waits for more and takes it when told', async () => {
    const list = posts(1);
    const made = await poster(list);
    made.start();
    await delivered(made, 1);
    list.push(...posts(3).slice(1));
    made.notify();
    await delivered(made, 3);
    expect(keys()).toEqual(['key-0', 'key-1', 'key-2']);
  });

  it('remembers what is refused for good, and goes on', async () => {
    portal.answers = [400];
    const made = await poster(posts(2));
    made.start();
    await delivered(made, 2);
    expect(keys()).toEqual(['key-1']);
    expect(made.status().refused).toEqual([{ key: 'key-0', status: 400 }]);
  });

  it('says that nobody is there, and stops when asked', async () => {
    const made = await poster(posts(1), 'http://127.0.0.1:9');
    made.start();
    while (!made.status().lastError) {
      await new Promise(resolve => {
        setImmediate(resolve);
      });
    }
    expect(made.status().lastError).toMatch(/not reachable/);
    await made.stop();
    expect(made.status().delivered).toBe(0);
  });
});
