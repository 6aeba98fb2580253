import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import * as fs from 'node:fs/promises';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { FakeReader } from './__testUtils__/FakeReader';
import { slo } from './__testUtils__/slo';
import { EntityFiles } from './EntityFiles';
import type { FoundFile } from './FoundFile';
import { objectivesOfFiles } from './objectivesOfFiles';
import { listOnDisk } from './readFromDisk';
import { RemoteFiles } from './RemoteFiles';

const signal = new AbortController().signal;
const TREE = 'https://github.com/tern/cart/tree/main';
const target = 'https://github.com/tern/cart/blob/main/catalog-info.yaml';

function remoteOf(reader: FakeReader): RemoteFiles {
  const integrations = ScmIntegrations.fromConfig(
    mockServices.rootConfig({
      data: { integrations: { github: [{ host: 'github.com' }] } },
    }),
  );
  return RemoteFiles.create({ urlReader: reader, integrations });
}

const entityOf = (name: string, ...named: string[]) => ({
  ref: `component:default/${name}`,
  name,
  etag: 'one',
  location: { type: 'url' as const, target },
  named,
});

it.each(['slo.yaml', 'slo'])(
  'takes no more of a remote file (%s) than it may have',
  async path => {
    const reader = new FakeReader();
    reader.files.set(`${TREE}/slo/endless.yaml`, 'x');
    let taken = 0;
    let isOver = false;
    reader.readUrl = async () => ({
      etag: 'one',
      buffer: async () => {
        throw new Error('held whole');
      },
      stream: () =>
        Readable.from(
          (function* endless() {
            try {
              for (;;) {
                taken += 10_000;
                yield Buffer.alloc(10_000, 'a');
              }
            } finally {
              isOver = true;
            }
          })(),
        ),
    });
    const remote = remoteOf(reader);
    const asked = { target, path, signal };
    const found =
      path === 'slo'
        ? await remote.list(asked)
        : { files: new Map([['', await remote.read(asked)]]) };
    expect([...(found as { files: Map<string, any> }).files.values()]).toEqual([
      expect.objectContaining({
        kind: 'refused',
        reason: 'is larger than 128 kB',
      }),
    ]);
    expect(taken).toBeLessThan(400_000);
    expect(isOver).toBe(true);
  },
);

it('reads 512 kB of an entity, and says what it leaves out', async () => {
  const reader = new FakeReader();
  for (let n = 0; n < 6; n += 1) {
    reader.files.set(`${TREE}/slo/${n}.yaml`, `# ${'x'.repeat(120_000)}`);
  }
  const remote = remoteOf(reader);
  const files = EntityFiles.create({ remote, folders: [], signal });
  const found = await files.of(entityOf('cart', 'slo/'));
  expect([...found.values()].map(({ kind }) => kind)).toEqual([
    ...Array(4).fill('text'),
    'refused',
    'refused',
  ]);
  expect(found.get('slo/5.yaml')).toMatchObject({
    reason: expect.stringContaining('512 kB'),
  });
});

it('makes so much of the files of one entity, whatever stands in them', async () => {
  const text = `[${'a,'.repeat(14_000)}]`;
  const { observations } = await objectivesOfFiles({
    entity: entityOf('cart'),
    files: new Map(
      Array.from({ length: 17 }, (_, n): [string, FoundFile] => [
        `${10 + n}.yaml`,
        { kind: 'text', text },
      ]),
    ),
    isShared: false,
    isKnown: false,
  });
  const leftOut = observations.filter(({ invalid }) =>
    invalid?.reason.includes('is left out'),
  );
  expect(leftOut.length).toBe(14);
});

it('lets others be answered while files are read', async () => {
  let turns = 0;
  let isRead = false;
  const turn = () => {
    turns += 1;
    if (!isRead) {
      setImmediate(turn);
    }
  };
  setImmediate(turn);
  const text = Array.from({ length: 100 }, (_, n) => slo(`s${n}`)).join(
    '---\n',
  );
  await objectivesOfFiles({
    entity: entityOf('cart'),
    files: new Map(
      Array.from({ length: 4 }, (_, n): [string, FoundFile] => [
        `${n}.yaml`,
        { kind: 'text', text: text.replaceAll('name: s', `name: f${n}-`) },
      ]),
    ),
    isShared: false,
    isKnown: false,
  });
  isRead = true;
  expect(turns).toBeGreaterThan(3);
});

it('keeps texts for other entities, but not those of a whole catalog', async () => {
  const reader = new FakeReader();
  const remote = remoteOf(reader);
  const read = jest.spyOn(remote, 'read').mockImplementation(async () => ({
    kind: 'text',
    text: 'x'.repeat(100_000),
  }));
  const files = EntityFiles.create({ remote, folders: [], signal });
  await files.of(entityOf('cart', 'a.yaml'));
  await files.of(entityOf('checkout', 'a.yaml'));
  expect(read).toHaveBeenCalledTimes(1);
  for (let n = 0; n < 100; n += 1) {
    await files.of(entityOf(`s${n}`, `${n}.yaml`));
  }
  await files.of(entityOf('other', 'a.yaml'));
  expect(read).toHaveBeenCalledTimes(102);
});

it('stops looking into folders where there are too many', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'day2-many-'));
  const opened = jest.spyOn(fs, 'opendir');
  const listed = jest.spyOn(fs, 'readdir');
  try {
    for (let at = 0; at < 30; at += 1) {
      await mkdir(join(folder, 'slo', `${at}`), { recursive: true });
      await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          writeFile(join(folder, 'slo', `${at}`, `${n}.txt`), ''),
        ),
      );
    }
    const found = await listOnDisk({
      target: join(folder, 'catalog-info.yaml'),
      path: 'slo',
    });
    expect(found).toMatchObject({ kind: 'files', more: true });
    expect(listed).not.toHaveBeenCalled();
    expect(opened.mock.calls.length).toBeLessThan(25);
  } finally {
    jest.restoreAllMocks();
    await rm(folder, { recursive: true, force: true });
  }
});
