import { randomOf } from './__testUtils__/random';
import { packSeconds, unpackSeconds, unpackSecondsInto } from './packSeconds';

const MAX = 2 ** 31 - 1;

describe('packSeconds', () => {
  it.each<[number[], number[]]>([
    [[], [1]],
    [[0], [1, 0]],
    [[127], [1, 127]],
    [[128], [1, 128, 1]],
    // 300 = 44 + 2 · 128, then a distance of 0 and one of 1.
    [
      [300, 300, 301],
      [1, 172, 2, 0, 1],
    ],
    [[MAX], [1, 255, 255, 255, 255, 7]],
  ])('%j is the bytes %j', (values, bytes) => {
    const packed = packSeconds(Int32Array.from(values));
    expect([...packed]).toEqual(bytes);
    expect([...unpackSeconds(packed)]).toEqual(values);
  });

  it('gives back what it was given', () => {
    const random = randomOf(1);
    for (let turn = 0; turn < 300; turn += 1) {
      const values = Int32Array.from(
        { length: Math.floor(random() * 60) },
        () => Math.floor(MAX * random() ** (1 + (turn % 9))),
      ).sort();
      expect(unpackSeconds(packSeconds(values))).toEqual(values);
    }
  });

  it('puts what lies among other bytes behind what is there', () => {
    const bytes = Uint8Array.from([9, 9, 1, 5, 1, 9]);
    const values = Int32Array.from([7, 0, 0, 0]);
    expect(
      unpackSecondsInto({ bytes, from: 2, to: 5, values, length: 1 }),
    ).toBe(3);
    expect([...values]).toEqual([7, 5, 6, 0]);
    expect(() =>
      unpackSecondsInto({ bytes, from: 4, to: 9, values, length: 1 }),
    ).toThrow('cut off');
  });

  it('takes less room than four bytes each, for the lead times of a busy day', () => {
    const random = randomOf(2);
    const week = Int32Array.from({ length: 500 }, () => random() * 604_800);
    expect(packSeconds(week.sort()).length).toBeLessThan(2 * 500);
  });

  it.each([[[-1]], [[5, 4]]])('refuses %j', values => {
    expect(() => packSeconds(Int32Array.from(values))).toThrow('sorted');
  });

  it.each([
    ['of nothing', [], 'begin with 1'],
    ['of another format', [2, 0], 'begin with 1'],
    ['cut off', [1, 5, 128], 'cut off'],
    ['beyond int32', [1, 255, 255, 255, 255, 127], 'cut off or damaged'],
  ])('refuses bytes %s', (_, bytes, message) => {
    expect(() => unpackSeconds(Uint8Array.from(bytes))).toThrow(message);
  });
});
