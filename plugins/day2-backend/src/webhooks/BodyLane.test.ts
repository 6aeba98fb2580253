import { BodyLane, type Reading } from './BodyLane';

describe('BodyLane', () => {
  const cut: string[] = [];
  beforeEach(() => {
    cut.length = 0;
  });

  function add(lane: BodyLane, name: string, bytes: number): Reading {
    const reading = lane.open();
    reading.cutOff = error => {
      cut.push(`${name} ${error.name}`);
      lane.add(reading, -reading.bytes);
    };
    lane.add(reading, bytes);
    return reading;
  }

  it('looks at no body while there is room, however many are open', () => {
    const lane = BodyLane.create({ max: 1_000, maxReadings: 1_000 });
    let looks = 0;
    const look = () => {
      looks += 1;
      return undefined;
    };
    for (let n = 0; n < 500; n += 1) {
      const reading = lane.open();
      Object.defineProperty(reading, 'cutOff', { get: look });
      lane.add(reading, 2);
      lane.makeRoom();
    }
    expect(lane.bytes).toBe(1_000);
    expect(looks).toBe(0);
    const last = add(lane, 'last', 1);
    lane.makeRoom();
    expect(looks).toBeGreaterThan(0);
    expect(cut).toEqual(['last ServiceUnavailableError']);
    lane.close(last);
    expect(lane.bytes).toBe(1_000);
  });

  it('cuts the largest off that are still coming, until the rest has room', () => {
    const lane = BodyLane.create({ max: 100, maxReadings: 10 });
    add(lane, 'read', 60).cutOff = undefined;
    add(lane, 'short', 10);
    add(lane, 'long', 40);
    add(lane, 'longer', 50);
    lane.makeRoom();
    expect(cut).toEqual([
      'longer ServiceUnavailableError',
      'long ServiceUnavailableError',
    ]);
    expect(lane.bytes).toBe(70);
  });

  it('has so many at once: the one that has been coming for longest gives its place up', () => {
    const lane = BodyLane.create({ max: 100, maxReadings: 2 });
    const read = add(lane, 'read', 1);
    read.cutOff = undefined;
    add(lane, 'held', 2);
    const third = add(lane, 'third', 3);
    expect(cut).toEqual(['held ServiceUnavailableError']);
    expect(lane.bytes).toBe(4);
    third.cutOff = undefined;
    expect(() => lane.open()).toThrow('Too many deliveries at once');
    lane.close(read);
    add(lane, 'fourth', 4);
    expect(lane.bytes).toBe(7);
  });
});
