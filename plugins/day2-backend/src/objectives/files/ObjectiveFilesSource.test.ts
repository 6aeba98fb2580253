import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  ObjectiveObservation,
  SourceBatch,
} from '@day2/backstage-plugin-day2-node';
import {
  collect,
  ObservationLedger,
} from '@day2/backstage-plugin-day2-node/testUtils';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FakeReader } from './__testUtils__/FakeReader';
import { slo } from './__testUtils__/slo';
import { ObjectiveFilesSource } from './ObjectiveFilesSource';

const BLOB = 'https://github.com/tern/cart/blob/main';
const TREE = 'https://github.com/tern/cart/tree/main';
const now = Date.UTC(2026, 10, 21);

let reader: FakeReader;
let entities: Entity[];
let source: ObjectiveFilesSource;
let ledger: ObservationLedger;
let folders: string[];

function create() {
  const catalog = catalogServiceMock({ entities: [] });
  catalog.streamEntities = async function* stream() {
    yield entities;
  };
  return ObjectiveFilesSource.create({
    auth: mockServices.auth(),
    catalog,
    urlReader: reader,
    config: mockServices.rootConfig({
      data: { integrations: { github: [{ host: 'github.com' }] } },
    }),
    folders,
    kinds: ['component'],
  });
}

beforeEach(() => {
  reader = new FakeReader();
  entities = [];
  folders = [];
  source = create();
  ledger = ObservationLedger.create();
});

function component(
  name: string,
  annotations: Record<string, string> = {},
  location = `url:${BLOB}/catalog-info.yaml`,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      etag: 'one',
      annotations: {
        'backstage.io/managed-by-location': location,
        ...annotations,
      },
    },
  };
}

async function run(options: Parameters<typeof collect>[1] = {}) {
  const result = await collect(source, { now: () => now, ...options });
  expect(result.error).toBeUndefined();
  result.batches.forEach(batch => ledger.apply(batch));
  return result;
}
const said = () =>
  (ledger.observations as ObjectiveObservation[]).map(
    ({ key, line, objective, invalid }) => [
      key.replace('component:default/', ''),
      line,
      objective ? objective.target : invalid?.reason,
    ],
  );
const noticesOf = ({ batches }: { batches: SourceBatch[] }) =>
  batches.flatMap(({ notices = [] }) => notices);

describe('files in repositories', () => {
  it('reads those that the annotation names, files and folders, as one', async () => {
    entities = [
      component('cart', {
        'day2/objectives': './slo/cart.yaml, more/',
        'prometheus.io/service-name': 'eu',
      }),
    ];
    reader.files.set(`${TREE}/slo/cart.yaml`, `---\n${slo('availability')}`);
    reader.files.set(`${TREE}/more/a/latency.yml`, slo('latency'));
    reader.files.set(`${TREE}/more/README.md`, '# no SLO');
    reader.files.set(`${TREE}/openslo.yaml`, slo('not-named'));
    const first = await run();
    expect(said()).toEqual([
      ['cart#more/a/latency.yml#latency', 1, 0.99],
      ['cart#slo/cart.yaml#availability', 2, 0.99],
    ]);
    expect(ledger.observations[1]).toMatchObject({
      kind: 'objective',
      version: 1,
      subject: {
        key: 'component:default/cart',
        kind: 'objectives',
        traits: { entityRef: 'component:default/cart' },
      },
      name: 'availability',
      file: 'slo/cart.yaml',
      url: `${BLOB}/slo/cart.yaml`,
      instance: 'eu',
    });
    expect(ledger.observations[0]).toMatchObject({
      url: `${BLOB}/more/a/latency.yml`,
    });
    await run({ cursor: first.cursor });
    expect(reader.requests).toContain(`${TREE}/more/**/*.y*ml is as it was`);
    expect(said()).toHaveLength(2);
  });

  it('finds files by their names beside catalog-info.yaml, and leaves others alone', async () => {
    entities = [component('cart')];
    reader.files.set(`${TREE}/slo.yaml`, slo('availability'));
    reader.files.set(`${TREE}/slos.yaml`, 'version: prometheus/v1\nslos: []\n');
    reader.files.set(`${TREE}/other.yaml`, slo('other'));
    await run();
    expect(said()).toEqual([['cart#slo.yaml#availability', 1, 0.99]]);
  });

  it('gives entities of one folder the SLOs of their own service', async () => {
    entities = [component('cart'), component('checkout')];
    reader.files.set(
      `${TREE}/slo.yaml`,
      `${slo('a')}---\n${slo('b', { service: 'checkout' })}---\n${slo('c', {
        service: 'payments',
      })}`,
    );
    await run();
    expect(said()).toEqual([
      ['cart#slo.yaml#a', 1, 0.99],
      ['checkout#slo.yaml#b', 26, 0.99],
    ]);
    expect(ledger.skipped).toEqual({ 'SLO of another service': 4 });
    // Read once, though both have it.
    expect(reader.requests).toHaveLength(4);
  });

  it('asks again with the etag, and looks for what is absent after a day or another entity', async () => {
    entities = [
      component('cart'),
      component(
        'none',
        {},
        'url:https://github.com/tern/none/blob/main/catalog-info.yaml',
      ),
    ];
    reader.files.set(`${TREE}/slo.yaml`, slo('availability'));
    const first = await run();
    const none = () =>
      reader.requests.filter(url => url.includes('/none/')).length;
    expect(none()).toBe(4);
    const second = await run({ cursor: first.cursor });
    expect(reader.requests).toContain(`${TREE}/slo.yaml is as it was`);
    expect(none()).toBe(4);
    expect(said()).toHaveLength(1);
    entities[1].metadata.etag = 'two';
    const third = await run({ cursor: second.cursor });
    expect(none()).toBe(8);
    await run({ cursor: third.cursor, now: () => now + 86_400_001 });
    expect(none()).toBe(12);
  });

  it('looks beside so many at a time, each in its turn, also after a restart', async () => {
    entities = Array.from({ length: 130 }, (_, n) =>
      component(
        `s${String(n).padStart(3, '0')}`,
        {},
        `url:https://github.com/tern/s${n}/blob/main/catalog-info.yaml`,
      ),
    );
    const looked = () =>
      new Set(reader.requests.map(url => url.split('/')[4])).size;
    const first = await run();
    expect(looked()).toBe(60);
    source = create();
    const second = await run({ cursor: first.cursor });
    expect(looked()).toBe(120);
    await run({ cursor: second.cursor });
    expect(looked()).toBe(130);
  });

  it('takes back what a file has no more, even where it is most of all', async () => {
    entities = [component('cart', { 'day2/objectives': 'slo.yaml' })];
    const file = `${TREE}/slo.yaml`;
    reader.files.set(file, `${slo('a')}---\n${slo('b')}`);
    const first = await run();
    expect(said()).toHaveLength(2);
    reader.files.set(file, slo('b'));
    const second = await run({ cursor: first.cursor });
    expect(said()).toEqual([['cart#slo.yaml#b', 1, 0.99]]);
    entities = [component('cart', { 'day2/objectives': 'other.yaml' })];
    reader.files.set(`${TREE}/other.yaml`, slo('c'));
    await run({ cursor: second.cursor });
    expect(said()).toEqual([['cart#other.yaml#c', 1, 0.99]]);
  });

  it('removes what belongs to an entity that is gone, by the listing', async () => {
    entities = ['a', 'b', 'c', 'd', 'e'].map(name =>
      component(name, { 'day2/objectives': 'slo.yaml' }),
    );
    reader.files.set(`${TREE}/slo.yaml`, slo('availability'));
    const first = await run();
    expect(said()).toHaveLength(5);
    entities.pop();
    await run({ cursor: first.cursor });
    expect(said()).toHaveLength(4);
  });
});

describe('what goes wrong', () => {
  const file = `${TREE}/slo.yaml`;
  const named = () => component('cart', { 'day2/objectives': 'slo.yaml' });

  it('shows an SLO that is wrong by file, line and reason, as the same objective', async () => {
    entities = [named()];
    reader.files.set(file, slo('availability'));
    const first = await run();
    reader.files.set(file, slo('availability', { target: '99.9' }));
    const second = await run({ cursor: first.cursor });
    expect(ledger.observations).toMatchObject([
      {
        key: 'component:default/cart#slo.yaml#availability',
        name: 'availability',
        file: 'slo.yaml',
        line: 24,
        invalid: {
          path: 'spec.objectives[0].target',
          reason: expect.stringContaining('Too big'),
        },
      },
    ]);
    expect(ledger.observations[0]).not.toHaveProperty('objective');
    reader.files.set(file, 'a: [');
    await run({ cursor: second.cursor });
    expect(said()).toEqual([
      ['cart#slo.yaml#', 1, expect.stringContaining('slo.yaml is no YAML')],
    ]);
  });

  it('shows a file or folder that is named and not there', async () => {
    entities = [component('cart', { 'day2/objectives': 'slo.yaml, slo/' })];
    await run();
    expect(said()).toEqual([
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
      entities = [named()];
      reader.files.set(file, slo('availability'));
      const first = await run();
      reader.sick.set(file, error);
      // After a restart, too.
      source = create();
      const failed = await run({ cursor: first.cursor });
      expect(said()).toEqual([['cart#slo.yaml#availability', 1, 0.99]]);
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
      reader.sick.clear();
      const mended = await run({ cursor: failed.cursor });
      expect(noticesOf(mended)).toEqual([]);
      ledger = ObservationLedger.create();
      reader.sick.set(file, error);
      source = create();
      await run();
      expect(said()).toEqual([
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
    entities = [component('cart', { 'day2/objectives': path })];
    await run();
    expect(reader.requests).toEqual([]);
    expect(said()).toMatchObject([
      [
        expect.any(String),
        undefined,
        expect.stringContaining('must be a path'),
      ],
    ]);
  });

  it('refuses a file of more than 128 kB, and reads 50 at most', async () => {
    entities = [component('cart', { 'day2/objectives': 'slo.yaml, many/' })];
    reader.files.set(file, `# ${'x'.repeat(128_001)}`);
    for (let n = 0; n < 60; n += 1) {
      reader.files.set(`${TREE}/many/${100 + n}.yaml`, slo(`s${n}`));
    }
    await run();
    const all = said();
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
    entities = [named()];
    reader.files.set(file, slo('availability'));
    const first = await run();
    entities = undefined as unknown as Entity[];
    const catalog = catalogServiceMock({ entities: [] });
    catalog.streamEntities = () => {
      throw new Error('down, with a-secret');
    };
    const down = ObjectiveFilesSource.create({
      auth: mockServices.auth(),
      catalog,
      urlReader: reader,
      config: mockServices.rootConfig(),
      folders,
      kinds: ['component'],
    });
    const failed = await collect(down, { cursor: first.cursor });
    expect(failed.error).toMatchObject({ code: 'unreachable' });
    expect(String(failed.error)).not.toContain('a-secret');
    expect(failed.batches).toEqual([]);
  });

  it('goes on where it was cut, and ends the same', async () => {
    entities = Array.from({ length: 50 }, (_, n) =>
      component(`s${100 + n}`, { 'day2/objectives': 'slo.yaml' }),
    );
    reader.files.set(file, slo('availability'));
    const cut = await run({ batches: 2 });
    expect(said()).toHaveLength(20);
    const rest = await run({ cursor: cut.cursor });
    expect(said()).toHaveLength(50);
    const [id] = cut.batches.flatMap(({ pass }) => pass?.id ?? []);
    // What the first run had begun is read one by one, then as ever.
    expect(rest.batches.flatMap(({ pass }) => pass?.id ?? [])).toEqual(
      Array(22).fill(id),
    );
    const again = await run({ cursor: rest.cursor, reread: true });
    expect(again.batches[1].observations).toHaveLength(20);
  });
});

describe('files on this machine', () => {
  let folder: string;
  const here = () => join(folder, 'repo', 'catalog-info.yaml');
  const write = async (path: string, text: string) => {
    const at = join(folder, path);
    await mkdir(dirname(at), { recursive: true });
    await writeFile(at, text);
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'day2-objectives-'));
    await write('repo/catalog-info.yaml', '');
    folders = [folder];
    source = create();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('reads them below the folder of the catalog file', async () => {
    entities = [
      component('cart', { 'day2/objectives': 'slo/' }, `file:${here()}`),
      component('found', {}, `file:${here()}`),
    ];
    await write('repo/slo/a/one.yaml', slo('one'));
    await write('repo/slo/two.json', slo('two'));
    await write('repo/slo/other.yaml', 'apiVersion: other/v1');
    await write('repo/openslo.yml', slo('beside', { service: 'found' }));
    await run();
    expect(said()).toEqual([
      ['cart#slo/a/one.yaml#one', 1, 0.99],
      ['found#openslo.yml#beside', 1, 0.99],
    ]);
    expect(reader.requests).toEqual([]);
    expect(ledger.observations[0]).not.toHaveProperty('url');
  });

  it('reads none elsewhere, whatever an entity says of where it lies', async () => {
    await write('repo/slo.yaml', slo('cart'));
    await mkdir(join(folder, 'rep'));
    folders = [join(folder, 'rep'), join(folder, 'nowhere')];
    source = create();
    entities = [
      component('cart', { 'day2/objectives': 'slo.yaml' }, `file:${here()}`),
      component('other', {}, `file:${here()}`),
    ];
    await run();
    expect(said()).toEqual([
      [
        'cart#slo.yaml#',
        undefined,
        expect.stringContaining('catalog.locations'),
      ],
    ]);
  });

  it('follows no link that leads out', async () => {
    entities = [
      component(
        'cart',
        { 'day2/objectives': 'slo.yaml, folder/, nothing.yaml, dir.yaml' },
        `file:${here()}`,
      ),
    ];
    await write('secret/slo.yaml', slo('secret'));
    await symlink(
      join(folder, 'secret', 'slo.yaml'),
      join(folder, 'repo', 'slo.yaml'),
    );
    await symlink(join(folder, 'secret'), join(folder, 'repo', 'folder'));
    await mkdir(join(folder, 'repo', 'dir.yaml'));
    await run();
    expect(said()).toEqual([
      ['cart#dir.yaml#', undefined, 'dir.yaml is no file'],
      ['cart#folder#', undefined, 'folder leads out of its folder'],
      ['cart#nothing.yaml#', undefined, 'nothing.yaml is not there'],
      ['cart#slo.yaml#', undefined, 'slo.yaml leads out of its folder'],
    ]);
  });
});
