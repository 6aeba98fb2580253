import { showValue } from './desired/secrets';
import { parseYaml } from './desired/yaml';
import { parseMessage } from './messages/parseMessage';
import { toPerson } from './messages/toPerson';

/** What anybody who may push can write; each took seconds to minutes with a rule that backtracks. */
const LONG = 100_000;
const hostile: [string, string][] = [
  ['blanks', ' '.repeat(LONG)],
  ['letters', 'a'.repeat(LONG)],
  ['line ends', '\n'.repeat(LONG)],
  ['a trailer of blanks', `x\n\nCo-authored-by:${' '.repeat(LONG)}x`],
];

describe('text from a repository', () => {
  it.each(hostile)('%s are read in bounded work', (_, text) => {
    const began = performance.now();
    parseMessage(text);
    expect(showValue(text, false).length).toBeLessThanOrEqual(500);
    parseYaml(Buffer.from(`a: '{{'\n${text}`));
    // Backtracking took 17 s and more; a slow machine takes milliseconds.
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('finds co-authors as Git writes them', () => {
    expect(
      parseMessage(
        'x\n\nCo-authored-by: Ana Silva <ana@tern.example>\nco-authored-by:<b@c>\nCo-authored-by: nobody\n',
      ).coAuthors,
    ).toEqual([
      { name: 'Ana Silva', email: 'ana@tern.example' },
      { name: '', email: 'b@c' },
    ]);
  });

  it('takes an odd identity without losing what it wrote', () => {
    const person = toPerson({
      name: `A${String.fromCharCode(7)}na`,
      email: `${'x'.repeat(400)}@tern.example`,
    });
    expect(person.name).toBe('Ana');
    expect(person.key).toHaveLength(300);
  });
});
