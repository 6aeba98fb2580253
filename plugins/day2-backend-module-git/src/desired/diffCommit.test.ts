import type { FileChange } from '../git/readCommits';
import { diffCommit } from './diffCommit';
import { parseYaml } from './yaml';

// Compared each with each, these would take many minutes.
jest.setTimeout(30_000);

const count = 10_000;

describe('diffCommit', () => {
  it('pairs what moved, by its content or by its name and place, also of very many files', () => {
    const changes: FileChange[] = [];
    const texts = new Map<string, string>();
    const mode = '100644';
    for (let n = 0; n < count; n++) {
      const [from, to] = [`a${n}`, n % 2 === 0 ? `a${n}` : `b${n}`];
      texts
        .set(from, 'replicas: 1\n')
        .set(to, `replicas: ${from === to ? 1 : 2}\n`);
      changes.push(
        {
          path: `overlays/production/app-${n}/values.yaml`,
          oldMode: mode,
          newMode: '000000',
          oldSha: from,
        },
        {
          path: `environments/production/app-${n}/values.yaml`,
          oldMode: '000000',
          newMode: mode,
          newSha: to,
        },
      );
    }
    const diffs = diffCommit({
      changes,
      places: [],
      file: (_, sha) => parseYaml(Buffer.from(texts.get(sha)!)),
    });
    expect(diffs).toHaveLength(count / 2);
    expect(
      new Set(diffs.map(({ change }) => `${change.from} ${change.to}`)),
    ).toEqual(new Set(['1 2']));
  });
});
