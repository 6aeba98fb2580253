import { workOnClaims } from './workOnClaims';
import type { Claim } from './WorkQueue';

type Key = { id: string };

describe('work on claims', () => {
  const claims = ['a', 'b', 'c'].map(
    (id): Claim<Key> => ({ key: { id }, generation: 1, token: 't' }),
  );

  /** What happened to them, in its order. */
  async function work(options: {
    some?: Claim<Key>[];
    fails?: (ids: string[]) => boolean;
    again?: string[];
    abort?: AbortController;
  }): Promise<string[]> {
    const { some = claims, again = [], abort } = options;
    const log: string[] = [];
    const idsOf = (all: Claim<Key>[]) => all.map(({ key }) => key.id);
    await workOnClaims({
      claims: some,
      queue: {
        release: async ({ key }) => void log.push(`release ${key.id}`),
        postpone: async ({ key }, until) =>
          void log.push(`postpone ${key.id} until ${until}`),
      },
      failures: {
        note: async ({ queue, key, error }) => {
          log.push(`note ${queue} ${key}: ${(error as Error).message}`);
          return 7;
        },
        clear: async (queue, keys) => void log.push(`clear ${queue} ${keys}`),
      },
      name: 'change',
      nameOf: ({ id }) => id,
      work: async tried => {
        log.push(`work ${idsOf(tried)}`);
        if (options.fails?.(idsOf(tried))) {
          abort?.abort();
          throw new Error(`no ${idsOf(tried)}`);
        }
        return tried.filter(({ key }) => again.includes(key.id));
      },
      signal: abort?.signal,
    });
    return log;
  }

  it('does them together, and gives back what was marked again', async () => {
    expect(await work({ again: ['b'] })).toEqual([
      'work a,b,c',
      'release b',
      'clear change a,b,c',
    ]);
  });

  it('finds the one that cannot be done, and does the others', async () => {
    expect(await work({ fails: ids => ids.includes('b') })).toEqual([
      'work a,b,c',
      'work a',
      'clear change a',
      'work b',
      'note change b: no b',
      'postpone b until 7',
      'work c',
      'clear change c',
    ]);
  });

  it('tries one that was alone once', async () => {
    expect(await work({ some: [claims[0]], fails: () => true })).toEqual([
      'work a',
      'note change a: no a',
      'postpone a until 7',
    ]);
  });

  it('gives all back where it is aborted: nothing has failed', async () => {
    expect(
      await work({ fails: () => true, abort: new AbortController() }),
    ).toEqual(['work a,b,c', 'release a', 'release b', 'release c']);
  });
});
