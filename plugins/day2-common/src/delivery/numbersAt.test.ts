import { randomOf } from './__testUtils__/random';
import { numbersAt } from './numbersAt';

const MAX = 2 ** 31 - 1;

describe('numbersAt', () => {
  const random = randomOf(7);
  const parted = (values: number[]) => {
    const parts: number[][] = [[], [], [], []];
    values.forEach(value => parts[Math.floor(random() * 4)].push(value));
    return parts.map(part => Int32Array.from(part));
  };

  it.each<[string, number, (at: number) => number]>([
    ['one', 1, () => 5],
    ['few', 40, () => random() * MAX],
    ['many that are the same', 3_000, () => 86_400],
    ['many of two kinds', 3_000, at => (at % 3 === 0 ? 0 : MAX)],
    ['many days', 20_000, () => random() * 260_000],
    ['many near 0 and one far off', 20_000, at => (at === 9 ? MAX : at % 7)],
    ['many in a narrow step', 20_000, at => 1_000_000_000 + (at % 1_500)],
    ['any there are', 20_000, () => random() * MAX],
    ['most small, some large', 20_000, at => MAX * random() ** (1 + (at % 9))],
  ])('finds in %s what sorting finds', (_, length, valueOf) => {
    const values = Array.from({ length }, (__, at) => Math.floor(valueOf(at)));
    const sorted = [...values].sort((a, b) => a - b);
    const places = [0, 0.25, 0.5, 0.75, 0.9].map(p => Math.floor(p * length));
    places.push(length - 1);
    const expected = places.map(place => sorted[place]);
    expect(numbersAt(parted(values), places)).toEqual(expected);
    expect(numbersAt(Int32Array.from(values), places)).toEqual(expected);
  });

  it('leaves what it is given alone, and finds nothing where nothing is asked', () => {
    const parts = parted(Array.from({ length: 5_000 }, (_, at) => MAX - at));
    const before = structuredClone(parts);
    numbersAt(parts, [0, 4_999]);
    expect(parts).toEqual(before);
    expect(numbersAt([], [])).toEqual([]);
  });
});
