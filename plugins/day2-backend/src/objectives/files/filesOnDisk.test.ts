import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { component, FilesBench } from './__testUtils__/FilesBench';
import { slo } from './__testUtils__/slo';

let bench: FilesBench;

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
    bench = FilesBench.create({ folders: [folder] });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('reads them below the folder of the catalog file', async () => {
    bench.entities = [
      component('cart', { 'day2/objectives': 'slo/' }, `file:${here()}`),
      component('found', {}, `file:${here()}`),
    ];
    await write('repo/slo/a/one.yaml', slo('one'));
    await write('repo/slo/two.json', slo('two'));
    await write('repo/slo/other.yaml', 'apiVersion: other/v1');
    await write('repo/openslo.yml', slo('beside', { service: 'found' }));
    await bench.run();
    expect(bench.said()).toEqual([
      ['cart#slo/a/one.yaml#one', 1, 0.99],
      ['found#openslo.yml#beside', 1, 0.99],
    ]);
    expect(bench.reader.requests).toEqual([]);
    expect(bench.ledger.observations[0]).not.toHaveProperty('url');
  });

  it('reads none elsewhere, whatever an entity says of where it lies', async () => {
    await write('repo/slo.yaml', slo('cart'));
    await mkdir(join(folder, 'rep'));
    bench = FilesBench.create({
      folders: [join(folder, 'rep'), join(folder, 'nowhere')],
    });
    bench.entities = [
      component('cart', { 'day2/objectives': 'slo.yaml' }, `file:${here()}`),
      component('other', {}, `file:${here()}`),
    ];
    await bench.run();
    expect(bench.said()).toEqual([
      [
        'cart#slo.yaml#',
        undefined,
        expect.stringContaining('catalog.locations'),
      ],
    ]);
  });

  it('follows no link that leads out', async () => {
    bench.entities = [
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
    await bench.run();
    expect(bench.said()).toEqual([
      ['cart#dir.yaml#', undefined, 'dir.yaml is no file'],
      ['cart#folder#', undefined, 'folder leads out of its folder'],
      ['cart#nothing.yaml#', undefined, 'nothing.yaml is not there'],
      ['cart#slo.yaml#', undefined, 'slo.yaml leads out of its folder'],
    ]);
  });
});
