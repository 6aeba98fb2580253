import { flatten } from './flatten';
import { parseYaml, textAt } from './yaml';

function fields(text: string): Record<string, string> {
  const parsed = parseYaml(Buffer.from(text));
  if (!('documents' in parsed)) {
    throw new Error(parsed.skipped);
  }
  return Object.fromEntries(
    parsed.documents.flatMap(flatten).map(({ field, value }) => [field, value]),
  );
}

describe('parseYaml', () => {
  it.each(['1.10', '12e4567', '0123456', 'yes', '2026-01-01', '0x1F', 'null'])(
    'keeps %s as it is written',
    version => {
      const parsed = parseYaml(Buffer.from(`tag: ${version}\n`));
      expect(
        'documents' in parsed && textAt(parsed.documents[0].value, 'tag'),
      ).toBe(version);
    },
  );

  it.each([
    ['a: [1\nb: }', 'not YAML'],
    ['just words', 'not YAML'],
    ['name: {{ .Values.name }}\n', 'Helm template'],
    ['{{- if .Values.on }}\na: 1\n{{- end }}\n', 'Helm template'],
    ['a\0b', 'binary'],
    [`${'['.repeat(20_000)}`, 'not YAML'],
  ])('skips %.20j', (text, reason) => {
    expect(parseYaml(Buffer.from(text))).toEqual({ skipped: reason });
  });

  it('takes templates in quotes for texts', () => {
    expect(fields('summary: "{{ $labels.job }} is down"\n').summary).toContain(
      '$labels',
    );
  });

  it('passes tags of other tools over', () => {
    expect(fields('a: !Ref x\nb: !vault [1]\nc: !!int 5\n')).toMatchObject({
      a: 'x',
      c: '5',
    });
  });

  it('reads lists of resources and merge keys', () => {
    expect(
      fields('kind: List\nitems:\n- {kind: A, metadata: {name: x}}\n'),
    ).toMatchObject({ kind: 'A' });
    expect(fields('x: &x {a: one}\ny: {<<: *x}\n')['y.a']).toBe('one');
  });

  it('bounds a file whose aliases multiply', () => {
    const levels = Array.from(
      { length: 12 },
      (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]`,
    );
    const began = Date.now();
    const parsed = parseYaml(Buffer.from(`a0: &a0 x\n${levels.join('\n')}\n`));
    const count =
      'documents' in parsed ? parsed.documents.flatMap(flatten).length : 0;
    expect(count).toBeLessThanOrEqual(5_000);
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it('names items of lists', () => {
    expect(
      fields(
        'spec:\n  containers:\n  - name: cart\n    image: a:1\n  args: [x, y]\n  ports: [{port: 1}]\n',
      ),
    ).toMatchObject({
      'spec.containers[cart].image': 'a:1',
      'spec.args[x]': 'x',
      'spec.ports[0].port': '1',
    });
  });
});
