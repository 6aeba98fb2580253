import {
  labelsMatch,
  parseLabelSelector,
  splitSelector,
} from './labelSelector';

describe('parseLabelSelector', () => {
  it.each([
    ['a=b,c!=d,e in (f,g),h,!i', { a: 'b', e: 'g', h: '' }, true],
    ['a=b,c!=d,e in (f,g),h,!i', { a: 'b', e: 'x', h: '' }, false],
    ['e notin (f, g) , a==b', { a: 'b' }, true],
    ['e notin (f, g)', { e: 'g' }, false],
  ])('%s and %j: %s', (text, labels, expected) => {
    expect(labelsMatch(parseLabelSelector(text)!, labels)).toBe(expected);
  });

  it.each(['', ',', 'a in (b', 'a in b)', 'a b', `a,${',a'.repeat(2_000)}`])(
    'reads nothing of %s',
    text => {
      expect(parseLabelSelector(text)).toBeUndefined();
    },
  );

  it('reads each character once, however many commas', () => {
    let read = 0;
    function* counted(text: string) {
      for (const character of text) {
        read += 1;
        yield character;
      }
    }
    expect(splitSelector(counted(','.repeat(40_000)))).toHaveLength(40_001);
    expect(splitSelector(counted(`${'('.repeat(20_000)},`))).toHaveLength(1);
    expect(read).toBe(60_001);
  });
});
