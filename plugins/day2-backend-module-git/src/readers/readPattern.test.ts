import { readLines, readPattern } from './readPattern';

const mb = 1024 * 1024;

function read(match: string, text: string) {
  return readPattern({
    pattern: { files: /.*/, match: new RegExp(match, 'gm') },
    text,
    file: 'production/.env',
    places: [],
  });
}

describe('readPattern', () => {
  it('tells the fields that each match is in', () => {
    const found = read(
      '^(?<application>\\w+)_TAG=(?<version>.*)',
      'LEVEL=1\nCART_TAG=1.0\n\nOTHER=x\nSHOP_TAG=2.0\n',
    );
    expect(
      found.map(({ name, version }) => `${name} ${version?.name}`),
    ).toEqual(['CART 1.0', 'SHOP 2.0']);
    expect(found.map(({ versionFields }) => versionFields)).toEqual([
      ['production/.env|undefined|CART_TAG'],
      ['production/.env|undefined|SHOP_TAG'],
    ]);
  });

  it('stops a pattern that tries for ever, and says which', () => {
    const began = Date.now();
    expect(() => read('^(?<version>(a+)+)$', `${'a'.repeat(60)}!`)).toThrow(
      /took longer than a second on the file production\/\.env/,
    );
    expect(() => read('(?<version>(x+x+)+y)', 'x'.repeat(5 * mb))).toThrow(
      /(took longer than a second|went too deep) on the file/,
    );
    expect(Date.now() - began).toBeLessThan(10_000);
  });

  it('reads a file of the largest size with very many matches in a moment', () => {
    const line = 'CART_TAG=1.0\n';
    const began = Date.now();
    const found = read(
      '^\\w+_TAG=(?<version>.*)',
      line.repeat(Math.floor((5 * mb) / line.length)),
    );
    expect(found).toHaveLength(500);
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it('reads lines as fields, very long ones in a moment', () => {
    expect(readLines('export A="x y" ,\n- b: 1;\n# no\nc= \n')).toEqual([
      { field: 'A', value: 'x y', line: 1 },
      { field: 'b', value: '1', line: 2 },
      { field: 'c', value: '', line: 4 },
    ]);
    const began = Date.now();
    readLines(`a=x${' ,'.repeat(2 * mb)}x`);
    readLines(`${' '.repeat(5 * mb)}!`);
    expect(Date.now() - began).toBeLessThan(5_000);
  });
});
