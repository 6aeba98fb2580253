import { SourceError } from '@day2/backstage-plugin-day2-node';
import { BusyError, ChartQueue } from './ChartQueue';
import { ChartReads } from './ChartReads';
import { chartRange } from './chartRange';
import type { MetricSource } from './metricSources';

const NOW = Date.UTC(2026, 10, 21, 14, 0, 20);
const range = { from: NOW - 3_600_000, to: NOW, stepSeconds: 15 };
const settled = () => new Promise<void>(resolve => setImmediate(resolve));

/** A tool that answers when it is told to. */
function slowSource() {
  const waiting: { query: string; answer: (error?: Error) => void }[] = [];
  let asked = 0;
  const source = {
    id: 'prometheus:main',
    title: 'Prometheus main',
    url: 'https://main.example',
    metrics: {
      queryRange: ({ query, signal }: { query: string; signal: AbortSignal }) =>
        new Promise((resolve, reject) => {
          asked += 1;
          signal.addEventListener('abort', () => reject(signal.reason));
          waiting.push({
            query,
            answer: error => (error ? reject(error) : resolve({ series: [] })),
          });
        }),
    },
  } as unknown as MetricSource;
  return {
    source,
    waiting,
    asked: () => asked,
    async answerAll() {
      while (waiting.length > 0) {
        waiting.shift()!.answer();
        for (let turn = 0; turn < 5; turn += 1) {
          await settled();
        }
      }
    },
  };
}

const turnOf = (service: string, reader: string) => ({
  source: 'prometheus:main',
  service,
  reader,
});

describe('the line of charts', () => {
  function line() {
    const queue = ChartQueue.create();
    const running: { name: string; end: () => void }[] = [];
    const add = (name: string, service: string, reader: string) =>
      queue.run(
        turnOf(service, reader),
        () => new Promise<void>(end => running.push({ name, end })),
      );
    const names = () => running.map(({ name }) => name);
    const end = async (name: string) => {
      const at = names().indexOf(name);
      running.splice(at, 1)[0].end();
      await settled();
    };
    return { add, names, end };
  }

  it('leaves room for others beside one page, and one reader', async () => {
    const { add, names, end } = line();
    const all = ['a1', 'a2', 'a3'].map(name => add(name, 'a', 'ana'));
    all.push(add('b1', 'b', 'ana'), add('c1', 'c', 'bo'), add('d1', 'd', 'cy'));
    await settled();
    expect(names()).toEqual(['a1', 'a2', 'c1']);
    await end('a1');
    // Who has nothing under way comes before who came first.
    expect(names()).toEqual(['a2', 'c1', 'd1']);
    await end('c1');
    await end('d1');
    await end('a2');
    expect(names()).toEqual(expect.arrayContaining(['a3', 'b1']));
    await end('a3');
    await end('b1');
    await Promise.all(all);
  });

  it('is so long, for all and for one reader, and no longer', async () => {
    const { add } = line();
    const refused: string[] = [];
    const errors: unknown[] = [];
    const put = (name: string, reader: string) => {
      add(name, name, reader).catch(error => {
        errors.push(error);
        refused.push(reader);
      });
    };
    for (let n = 0; n < 100; n += 1) {
      put(`one${n}`, 'one');
    }
    await settled();
    expect(refused).toHaveLength(100 - 42);
    for (let n = 0; n < 300; n += 1) {
      put(`many${n}`, `r${n}`);
    }
    await settled();
    expect(refused.filter(reader => reader !== 'one')).toHaveLength(300 - 161);
    expect(errors.every(error => error instanceof BusyError)).toBe(true);
  });

  it('goes on after work that fails', async () => {
    const queue = ChartQueue.create();
    for (let n = 0; n < 5; n += 1) {
      await expect(
        queue.run(turnOf('a', 'ana'), async () => {
          throw new Error('sick');
        }),
      ).rejects.toThrow('sick');
    }
    expect(await queue.run(turnOf('a', 'ana'), async () => 'well')).toBe(
      'well',
    );
  });

  it('is left after a while', async () => {
    const queue = ChartQueue.create({ waitMs: 1 });
    let end: () => void = () => {};
    const first = queue.run(
      turnOf('a', 'ana'),
      () => new Promise<void>(resolve => (end = resolve)),
    );
    const second = queue.run(turnOf('b', 'ana'), async () => first);
    await expect(
      queue.run(turnOf('c', 'ana'), async () => {}),
    ).rejects.toBeInstanceOf(BusyError);
    end();
    await Promise.all([first, second]);
  });
});

describe('charts', () => {
  it('are asked for a few at once, and another reader is answered meanwhile', async () => {
    const slow = slowSource();
    const charts = ChartReads.create({ now: () => NOW });
    const heavy = Array.from({ length: 20 }, (_, n) =>
      charts.of({
        source: slow.source,
        asked: { query: `heavy${n}` },
        range,
        service: 'a',
        reader: 'ana',
      }),
    );
    const other = charts.of({
      source: slow.source,
      asked: { query: 'up' },
      range,
      service: 'b',
      reader: 'bo',
    });
    await settled();
    expect(slow.waiting.map(({ query }) => query)).toEqual([
      'heavy0',
      'heavy1',
      'up',
    ]);
    slow.waiting[2].answer();
    expect((await other).error).toBeUndefined();
    await slow.answerAll();
    await Promise.all(heavy);
  });

  it('of one reader beyond what may wait are refused in words, and nobody else is told so', async () => {
    const slow = slowSource();
    const charts = ChartReads.create({ now: () => NOW });
    const ask = (n: number, reader: string) =>
      charts.of({
        source: slow.source,
        asked: { query: 'up' },
        range: { ...range, from: range.from - n },
        service: `s${n}`,
        reader,
      });
    const all = Array.from({ length: 2_000 }, (_, n) => ask(n, 'ana'));
    expect((await all[1_999]).error).toMatch(/more charts .* in a moment/);
    expect(slow.asked()).toBe(2);
    const same = ask(1_999, 'bo');
    await settled();
    expect(slow.asked()).toBe(3);
    await slow.answerAll();
    expect((await same).error).toBeUndefined();
    await Promise.all(all);
    expect(slow.asked()).toBe(43);
  });

  it('that one reader stood in line for too long are drawn in the turn of another who looks at the same', async () => {
    const slow = slowSource();
    const charts = ChartReads.create({
      now: () => NOW,
      queue: ChartQueue.create({ waitMs: 20 }),
    });
    const ask = (query: string, reader: string) =>
      charts.of({
        source: slow.source,
        asked: { query },
        range,
        service: reader,
        reader,
      });
    const before = ['one', 'two'].map(query => ask(query, 'ana'));
    const hers = ask('up', 'ana');
    const his = ask('up', 'bo');
    const another = ask('up', 'bo');
    expect((await hers).error).toMatch(/more charts .* in a moment/);
    for (let turn = 0; turn < 5; turn += 1) {
      await settled();
    }
    expect(slow.waiting.map(({ query }) => query)).toEqual([
      'one',
      'two',
      'up',
    ]);
    await slow.answerAll();
    expect((await his).error).toBeUndefined();
    expect((await another).error).toBeUndefined();
    await Promise.all(before);
  });

  it('that failed are asked for again soon, those that did not after a minute', async () => {
    let now = NOW;
    const slow = slowSource();
    const charts = ChartReads.create({ now: () => now });
    const ask = async (error?: Error) => {
      const chart = charts.of({
        source: slow.source,
        asked: { query: 'up' },
        range,
        service: 'a',
        reader: 'ana',
      });
      await settled();
      slow.waiting.shift()?.answer(error);
      return (await chart).error;
    };
    const sick = new SourceError({
      code: 'unreachable',
      message: 'It is ill.',
    });
    expect(await ask(sick)).toBe('It is ill.');
    now += 9_000;
    expect(await ask()).toBe('It is ill.');
    now += 2_000;
    expect(await ask()).toBeUndefined();
    now += 59_000;
    expect(await ask()).toBeUndefined();
    expect(slow.asked()).toBe(2);
    now += 2_000;
    await ask();
    expect(slow.asked()).toBe(3);
  });

  it('have their time from when they are sent, not from when they stand in line', async () => {
    const timeouts = jest.spyOn(AbortSignal, 'timeout');
    try {
      const slow = slowSource();
      const charts = ChartReads.create({ now: () => NOW });
      const all = ['a', 'b', 'c'].map(query =>
        charts.of({
          source: slow.source,
          asked: { query },
          range,
          service: 's',
          reader: 'ana',
        }),
      );
      await settled();
      expect(timeouts).toHaveBeenCalledTimes(2);
      await slow.answerAll();
      await Promise.all(all);
      expect(timeouts).toHaveBeenCalledTimes(3);
    } finally {
      timeouts.mockRestore();
    }
  });

  it.each([
    ['an hour of now', 0, 60, 2],
    ['an hour of yesterday', 1_440, 60, 1],
    ['a day', 0, 1_440, 1],
    ['a week', 0, 10_080, 1],
  ])(
    'of %s are of one grid for who looks within two minutes',
    (_, ago, minutes, most) => {
      const at = Date.UTC(2026, 10, 21, 14, 1);
      const ranges = [0, 30_000, 60_000].map(later => {
        const to = at + later - ago * 60_000;
        const { from, to: end } = chartRange({
          query: {
            from: new Date(to - minutes * 60_000).toISOString(),
            to: new Date(to).toISOString(),
          },
          now: at + later,
        });
        return `${from} ${end}`;
      });
      expect(new Set(ranges).size).toBe(most);
    },
  );
});
