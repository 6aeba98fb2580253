import {
  component,
  FilesBench,
  BLOB,
  TREE,
  NOW,
} from './__testUtils__/FilesBench';
import { slo } from './__testUtils__/slo';

let bench: FilesBench;
beforeEach(() => {
  bench = FilesBench.create();
});

describe('files in repositories', () => {
  it('reads those that the annotation names, files and folders, as one', async () => {
    bench.entities = [
      component('cart', {
        'day2/objectives': './slo/cart.yaml, more/',
        'prometheus.io/service-name': 'eu',
      }),
    ];
    bench.reader.files.set(
      `${TREE}/slo/cart.yaml`,
      `---\n${slo('availability')}`,
    );
    bench.reader.files.set(`${TREE}/more/a/latency.yml`, slo('latency'));
    bench.reader.files.set(`${TREE}/more/README.md`, '# no SLO');
    bench.reader.files.set(`${TREE}/openslo.yaml`, slo('not-named'));
    const first = await bench.run();
    expect(bench.said()).toEqual([
      ['cart#more/a/latency.yml#latency', 1, 0.99],
      ['cart#slo/cart.yaml#availability', 2, 0.99],
    ]);
    expect(bench.ledger.observations[1]).toMatchObject({
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
    expect(bench.ledger.observations[0]).toMatchObject({
      url: `${BLOB}/more/a/latency.yml`,
    });
    await bench.run({ cursor: first.cursor });
    expect(bench.reader.requests).toContain(
      `${TREE}/more/**/*.y*ml is as it was`,
    );
    expect(bench.said()).toHaveLength(2);
  });

  it('finds files by their names beside catalog-info.yaml, and leaves others alone', async () => {
    bench.entities = [component('cart')];
    bench.reader.files.set(`${TREE}/slo.yaml`, slo('availability'));
    bench.reader.files.set(
      `${TREE}/slos.yaml`,
      'version: prometheus/v1\nslos: []\n',
    );
    bench.reader.files.set(`${TREE}/other.yaml`, slo('other'));
    await bench.run();
    expect(bench.said()).toEqual([['cart#slo.yaml#availability', 1, 0.99]]);
  });

  it('gives entities of one folder the SLOs of their own service', async () => {
    bench.entities = [component('cart'), component('checkout')];
    bench.reader.files.set(
      `${TREE}/slo.yaml`,
      `${slo('a')}---\n${slo('b', { service: 'checkout' })}---\n${slo('c', {
        service: 'payments',
      })}`,
    );
    await bench.run();
    expect(bench.said()).toEqual([
      ['cart#slo.yaml#a', 1, 0.99],
      ['checkout#slo.yaml#b', 26, 0.99],
    ]);
    expect(bench.ledger.skipped).toEqual({ 'SLO of another service': 4 });
    // Read once, though both have it.
    expect(bench.reader.requests).toHaveLength(4);
  });

  it('asks again with the etag, and looks for what is absent after a day or another entity', async () => {
    bench.entities = [
      component('cart'),
      component(
        'none',
        {},
        'url:https://github.com/tern/none/blob/main/catalog-info.yaml',
      ),
    ];
    bench.reader.files.set(`${TREE}/slo.yaml`, slo('availability'));
    const first = await bench.run();
    const none = () =>
      bench.reader.requests.filter(url => url.includes('/none/')).length;
    expect(none()).toBe(4);
    const second = await bench.run({ cursor: first.cursor });
    expect(bench.reader.requests).toContain(`${TREE}/slo.yaml is as it was`);
    expect(none()).toBe(4);
    expect(bench.said()).toHaveLength(1);
    bench.entities[1].metadata.etag = 'two';
    const third = await bench.run({ cursor: second.cursor });
    expect(none()).toBe(8);
    await bench.run({ cursor: third.cursor, now: () => NOW + 86_400_001 });
    expect(none()).toBe(12);
  });

  it('looks beside so many at a time, each in its turn, also after a restart', async () => {
    bench.entities = Array.from({ length: 130 }, (_, n) =>
      component(
        `s${String(n).padStart(3, '0')}`,
        {},
        `url:https://github.com/tern/s${n}/blob/main/catalog-info.yaml`,
      ),
    );
    const looked = () =>
      new Set(bench.reader.requests.map(url => url.split('/')[4])).size;
    const first = await bench.run();
    expect(looked()).toBe(60);
    bench.restarted();
    const second = await bench.run({ cursor: first.cursor });
    expect(looked()).toBe(120);
    await bench.run({ cursor: second.cursor });
    expect(looked()).toBe(130);
  });

  it('takes back what a file has no more, even where it is most of all', async () => {
    bench.entities = [component('cart', { 'day2/objectives': 'slo.yaml' })];
    const file = `${TREE}/slo.yaml`;
    bench.reader.files.set(file, `${slo('a')}---\n${slo('b')}`);
    const first = await bench.run();
    expect(bench.said()).toHaveLength(2);
    bench.reader.files.set(file, slo('b'));
    const second = await bench.run({ cursor: first.cursor });
    expect(bench.said()).toEqual([['cart#slo.yaml#b', 1, 0.99]]);
    bench.entities = [component('cart', { 'day2/objectives': 'other.yaml' })];
    bench.reader.files.set(`${TREE}/other.yaml`, slo('c'));
    await bench.run({ cursor: second.cursor });
    expect(bench.said()).toEqual([['cart#other.yaml#c', 1, 0.99]]);
  });

  it('removes what belongs to an entity that is gone, by the listing', async () => {
    bench.entities = ['a', 'b', 'c', 'd', 'e'].map(name =>
      component(name, { 'day2/objectives': 'slo.yaml' }),
    );
    bench.reader.files.set(`${TREE}/slo.yaml`, slo('availability'));
    const first = await bench.run();
    expect(bench.said()).toHaveLength(5);
    bench.entities.pop();
    await bench.run({ cursor: first.cursor });
    expect(bench.said()).toHaveLength(4);
  });
});
