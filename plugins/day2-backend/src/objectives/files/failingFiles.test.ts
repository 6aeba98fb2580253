import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  collect,
  ObservationLedger,
} from '@day2/backstage-plugin-day2-node/testUtils';
import {
  component,
  FilesBench,
  noticesOf,
  TREE,
} from './__testUtils__/FilesBench';
import { slo } from './__testUtils__/slo';
import { ObjectiveFilesSource } from './ObjectiveFilesSource';

let bench: FilesBench;
beforeEach(() => {
  bench = FilesBench.create();
});

describe('what goes wrong', () => {
  const file = `${TREE}/slo.yaml`;
  const named = () => component('cart', { 'day2/objectives': 'slo.yaml' });

  it('shows an SLO that is wrong by file, line and reason, as the same objective', async () => {
    bench.entities = [named()];
    bench.reader.files.set(file, slo('availability'));
    const first = await bench.run();
    bench.reader.files.set(file, slo('availability', { target: '99.9' }));
    const second = await bench.run({ cursor: first.cursor });
    expect(bench.ledger.observations).toMatchObject([
      {
        key: 'component:default/cart#slo.yaml#availability',
        name: 'availability',
        file: 'slo.yaml',
        line: 24,
        invalid: {
          path: 'spec.objectives[0].target',
          reason: expect.stringContaining('it must be below 1, as 0.995'),
        },
      },
    ]);
    expect(bench.ledger.observations[0]).not.toHaveProperty('objective');
    bench.reader.files.set(file, 'a: [');
    await bench.run({ cursor: second.cursor });
    expect(bench.said()).toEqual([
      ['cart#slo.yaml#', 1, expect.stringContaining('slo.yaml is no YAML')],
    ]);
  });

  it('keeps the others of a folder where one of it cannot be read, and asks again', async () => {
    bench.entities = [component('cart', { 'day2/objectives': 'slo/' })];
    bench.reader.files.set(`${TREE}/slo/a.yaml`, slo('a'));
    bench.reader.files.set(`${TREE}/slo/b.yaml`, slo('b'));
    const sick = `${TREE}/slo/b.yaml`;
    bench.reader.sick.set(sick, new Error('502 Bad Gateway'));
    const first = await bench.run();
    expect(bench.said()).toEqual([
      ['cart#slo/a.yaml#a', 1, 0.99],
      ['cart#slo/b.yaml#', undefined, 'slo/b.yaml cannot be read (502)'],
    ]);
    bench.reader.sick.clear();
    await bench.run({ cursor: first.cursor });
    expect(bench.said()).toEqual([
      ['cart#slo/a.yaml#a', 1, 0.99],
      ['cart#slo/b.yaml#b', 1, 0.99],
    ]);
  });

  it('shows a file or folder that is named and not there', async () => {
    bench.entities = [
      component('cart', { 'day2/objectives': 'slo.yaml, slo/' }),
    ];
    await bench.run();
    expect(bench.said()).toEqual([
      ['cart#slo#', undefined, 'slo is not there'],
      ['cart#slo.yaml#', undefined, 'slo.yaml is not there'],
    ]);
  });

  it.each([
    [new Error('https://x could not be read, 403 Forbidden'), '(403)'],
    [new Error('socket hang up'), 'cannot be read'],
    [
      Object.assign(new Error('Reading is not allowed'), {
        name: 'NotAllowedError',
      }),
      'backend.reading.allow',
    ],
  ])(
    'a failure at a file (%s) keeps what is known, and says so',
    async (error, words) => {
      bench.entities = [named()];
      bench.reader.files.set(file, slo('availability'));
      const first = await bench.run();
      bench.reader.sick.set(file, error);
      // After a restart, too.
      bench.restarted();
      const failed = await bench.run({ cursor: first.cursor });
      expect(bench.said()).toEqual([['cart#slo.yaml#availability', 1, 0.99]]);
      // Who sees the sources may not see the service: the quarantine says which.
      expect(noticesOf(failed)).toEqual([
        expect.stringMatching(/^What is known of one file stands/),
      ]);
      expect(noticesOf(failed)[0]).toContain(words);
      expect(noticesOf(failed)[0]).not.toMatch(/cart|slo\.yaml/);
      expect(failed.batches.flatMap(({ rejected = [] }) => rejected)).toEqual([
        {
          key: 'component:default/cart#slo.yaml',
          reason: expect.stringContaining(words),
          item: { entityRef: 'component:default/cart', file: 'slo.yaml' },
        },
      ]);
      bench.reader.sick.clear();
      const mended = await bench.run({ cursor: failed.cursor });
      expect(noticesOf(mended)).toEqual([]);
      bench.ledger = ObservationLedger.create();
      bench.reader.sick.set(file, error);
      bench.restarted();
      await bench.run();
      expect(bench.said()).toEqual([
        ['cart#slo.yaml#', undefined, expect.stringContaining(words)],
      ]);
    },
  );

  it.each([
    '../other/slo.yaml',
    '/etc/slo.yaml',
    'https://elsewhere.example/slo.yaml',
    'a/../../slo.yaml',
    './',
    'slo.yaml?ref=x',
    '%2e%2e/slo.yaml',
    '..\\slo.yaml',
  ])('never asks for %s', async path => {
    bench.entities = [component('cart', { 'day2/objectives': path })];
    await bench.run();
    expect(bench.reader.requests).toEqual([]);
    expect(bench.said()).toMatchObject([
      [
        expect.any(String),
        undefined,
        expect.stringContaining('must be a path'),
      ],
    ]);
  });

  it('refuses a file of more than 128 kB, and reads 50 at most', async () => {
    bench.entities = [
      component('cart', { 'day2/objectives': 'slo.yaml, many/' }),
    ];
    bench.reader.files.set(file, `# ${'x'.repeat(128_001)}`);
    for (let n = 0; n < 60; n += 1) {
      bench.reader.files.set(`${TREE}/many/${100 + n}.yaml`, slo(`s${n}`));
    }
    await bench.run();
    const all = bench.said();
    expect(all).toContainEqual([
      'cart#slo.yaml#',
      undefined,
      'slo.yaml is larger than 128 kB',
    ]);
    expect(all).toContainEqual([
      'cart#many#',
      undefined,
      expect.stringContaining('more than 50 files'),
    ]);
    expect(all).toHaveLength(52);
  });

  it('sweeps nothing where the catalog cannot be read', async () => {
    bench.entities = [named()];
    bench.reader.files.set(file, slo('availability'));
    const first = await bench.run();
    bench.entities = undefined as unknown as Entity[];
    const catalog = catalogServiceMock({ entities: [] });
    catalog.streamEntities = () => {
      throw new Error('down, with a-secret');
    };
    const down = ObjectiveFilesSource.create({
      auth: mockServices.auth(),
      catalog,
      urlReader: bench.reader,
      config: mockServices.rootConfig(),
      folders: [],
      kinds: ['component'],
    });
    const failed = await collect(down, { cursor: first.cursor });
    expect(failed.error).toMatchObject({ code: 'unreachable' });
    expect(String(failed.error)).not.toContain('a-secret');
    expect(failed.batches).toEqual([]);
  });

  it('goes on where it was cut, and ends the same', async () => {
    bench.entities = Array.from({ length: 50 }, (_, n) =>
      component(`s${100 + n}`, { 'day2/objectives': 'slo.yaml' }),
    );
    bench.reader.files.set(file, slo('availability'));
    const cut = await bench.run({ batches: 2 });
    expect(bench.said()).toHaveLength(20);
    const rest = await bench.run({ cursor: cut.cursor });
    expect(bench.said()).toHaveLength(50);
    const [id] = cut.batches.flatMap(({ pass }) => pass?.id ?? []);
    // What the first run had begun is read one by one, then as ever.
    expect(rest.batches.flatMap(({ pass }) => pass?.id ?? [])).toEqual(
      Array(22).fill(id),
    );
    const again = await bench.run({ cursor: rest.cursor, reread: true });
    expect(again.batches[1].observations).toHaveLength(20);
  });

  it('leaves out an entity at whose files the process stops, and reads the others', async () => {
    bench.entities = [named(), component('z', { 'day2/objectives': 'z.yaml' })];
    bench.reader.files.set(file, slo('availability'));
    bench.reader.files.set(`${TREE}/z.yaml`, slo('other'));
    let { cursor } = await bench.run({ batches: 1 });
    // Stopped again and again as soon as it begins, now with the first alone.
    for (let stops = 0; stops < 2; stops += 1) {
      ({ cursor } = await bench.run({ batches: 1, cursor }));
    }
    const last = await bench.run({ cursor });
    expect(bench.said()).toEqual([
      [
        'cart#SLO files#',
        undefined,
        expect.stringContaining('could not be read to their end'),
      ],
      ['z#z.yaml#other', 1, 0.99],
    ]);
    expect(noticesOf(last)).toEqual([
      expect.stringContaining('could not be read to their end'),
    ]);
    expect(noticesOf(last)[0]).not.toContain('cart');
    // Who asks for it has all read again.
    await bench.run({ cursor: last.cursor, reread: true });
    expect(bench.said()).toContainEqual([
      'cart#slo.yaml#availability',
      1,
      0.99,
    ]);
  });
});
