import { BoundedCache } from './BoundedCache';

describe('BoundedCache', () => {
  function setup(max = 2) {
    let now = 0;
    const load = jest.fn(async () => 'value');
    const cache = BoundedCache.create<string>({
      max,
      ttlMs: 60,
      now: () => now,
    });
    return { cache, load, pass: (ms: number) => (now += ms) };
  }

  it('loads once until the time is over', async () => {
    const { cache, load, pass } = setup();
    await Promise.all([cache.get('a', load), cache.get('a', load)]);
    pass(59);
    await expect(cache.get('a', load)).resolves.toBe('value');
    expect(load).toHaveBeenCalledTimes(1);
    pass(1);
    await cache.get('a', load);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('lets the entry used least recently go', async () => {
    const { cache, load } = setup(2);
    await cache.get('a', load);
    await cache.get('b', load);
    await cache.get('a', load);
    await cache.get('c', load);
    expect(cache.size).toBe(2);
    await cache.get('a', load);
    expect(load).toHaveBeenCalledTimes(3);
    await cache.get('b', load);
    expect(load).toHaveBeenCalledTimes(4);
  });

  it('keeps no failure', async () => {
    const { cache } = setup();
    await expect(
      cache.get('a', () => Promise.reject(new Error('no'))),
    ).rejects.toThrow('no');
    await expect(cache.get('a', async () => 'yes')).resolves.toBe('yes');
  });
});
