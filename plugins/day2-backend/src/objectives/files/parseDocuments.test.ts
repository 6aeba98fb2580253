import { Composer } from 'yaml';
import { slo } from './__testUtils__/slo';
import { parseDocuments } from './parseDocuments';

const parse = (text: string) => parseDocuments({ file: 'slo.yaml', text });
async function linesOf(text: string, ...paths: [number, string][]) {
  const parsed = await parse(text);
  if ('problem' in parsed) {
    throw new Error(parsed.problem);
  }
  return paths.map(([index, path]) => parsed.lineOf({ index, path }));
}

it('knows the line of what stands at a path, or of what is around it', async () => {
  const text = `# SLOs\n${slo('first')}---\n${slo('second')}`;
  expect(
    await linesOf(
      text,
      [0, ''],
      [0, 'spec.objectives[0].target'],
      [0, 'spec.indicator.spec.ratioMetric.good'],
      [1, ''],
      [1, 'metadata.name'],
      [1, 'spec.timeWindow[0].isRolling'],
      [1, 'spec.nothing.of.it[7]'],
    ),
  ).toEqual([2, 25, 10, 27, 30, 47, 31]);
});

it('knows the lines of JSON, of lists of documents, and of what is repeated', async () => {
  expect(
    await linesOf('{"a": 1,\n"b": [1,\n{"c": 2}]}', [0, 'b[1].c']),
  ).toEqual([3]);
  expect(await linesOf('- a: 1\n- b:\n    c: 2', [0, '[1].b.c'])).toEqual([3]);
  expect(await linesOf('x: &x\n  a: 1\ny: *x', [0, 'y.a'])).toEqual([2]);
});

it('keeps numbers numbers and dates text', async () => {
  expect(
    await parse('target: 0.999\nstart: 2026-01-01 00:00:00\nnone:'),
  ).toMatchObject({
    documents: [
      {
        file: 'slo.yaml',
        index: 0,
        document: { target: 0.999, start: '2026-01-01 00:00:00', none: null },
      },
    ],
  });
});

it('tells what is no YAML by its line, and repeats nothing of it', async () => {
  const parsed = await parse('a: 1\nb: [secret-word\nc: 2\n');
  expect(parsed).toEqual({
    problem: expect.stringMatching(/^is no YAML \([A-Z_]+\)$/),
    line: expect.any(Number),
  });
  expect(JSON.stringify(parsed)).not.toContain('secret-word');
});

it.each([
  [
    'many aliases',
    [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'.split('').map((name, n) => {
        const before = 'abcdefghi'[n];
        return `${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`;
      }),
    ].join('\n'),
    'is no YAML that can be read',
  ],
  ['what is nested without end', '['.repeat(50_000), 'nested too deep'],
  ['much in little text', `[${'a,'.repeat(60_000)}]`, 'too much in it'],
  ['many keys', 'a:\n'.repeat(40_000), 'too much in it'],
  ['many documents', '---\na: 1\n'.repeat(600), 'more than 500 documents'],
])('refuses %s', async (_, text, words) => {
  expect(await parse(text)).toMatchObject({
    problem: expect.stringContaining(words),
  });
});

it('makes nothing of what is too much', async () => {
  const next = jest.spyOn(Composer.prototype, 'next');
  try {
    await parse(`[${'a,'.repeat(60_000)}]`);
    expect(next).not.toHaveBeenCalled();
    await parse('a: 1');
    expect(next).toHaveBeenCalled();
  } finally {
    next.mockRestore();
  }
});

it('reads a long map in one go', async () => {
  const keys = Array.from({ length: 5_000 }, (_, n) => `k${n}: 1`).join('\n');
  expect(await parse(keys)).toMatchObject({ documents: { length: 1 } });
});

it('takes no more of a file than is left of its entity', async () => {
  const text = slo('a');
  const parsed = await parse(text);
  const { tokens } = parsed as { tokens: number };
  expect(tokens).toBeGreaterThan(50);
  expect(
    await parseDocuments({ file: 'slo.yaml', text, maxTokens: tokens - 1 }),
  ).toMatchObject({ problem: expect.stringContaining('left out') });
});
