import { Settings } from 'luxon';
import { sloOf } from './__testUtils__/documents';
import { readObjectives } from './readObjectives';

const read = (...documents: unknown[]) =>
  readObjectives(
    documents.map((document, index) => ({ file: 'slo.yaml', index, document })),
  );

describe('planned downtime', () => {
  const of = (text: unknown) => {
    const slo = sloOf({}) as { metadata: object };
    return {
      ...slo,
      metadata: {
        ...slo.metadata,
        annotations: { 'day2/planned-downtime': text, other: 1 },
      },
    };
  };
  const utc = Date.parse;

  it('is read from the annotation, in its order', () => {
    const { objectives, invalid } = read(
      of(
        '2026-12-04T22:00:00+01:00/PT4H, 2026-11-20T22:00:00Z/2026-11-21T02:00:00Z',
      ),
    );
    expect(invalid).toEqual([]);
    expect(objectives[0].excluded).toEqual([
      { from: utc('2026-11-20T22:00:00Z'), to: utc('2026-11-21T02:00:00Z') },
      { from: utc('2026-12-04T21:00:00Z'), to: utc('2026-12-05T01:00:00Z') },
    ]);
  });

  it('has days of 24 hours, whatever the zone of the process', () => {
    Settings.defaultZone = 'Europe/Berlin';
    try {
      // Clocks go back on 25 October.
      const { objectives } = read(of('2026-10-24T22:00:00Z/P1D'));
      expect(objectives[0].excluded).toEqual([
        { from: utc('2026-10-24T22:00:00Z'), to: utc('2026-10-25T22:00:00Z') },
      ]);
    } finally {
      Settings.defaultZone = 'system';
    }
  });

  it.each([
    ['an instant without its zone', '2026-11-20T22:00:00/PT4H'],
    ['an end without its zone', '2026-11-20T22:00:00Z/2026-11-21T22:00:00'],
    ['an end of a time alone', '2026-11-20T22:00:00Z/23:00Z'],
    ['an end of a date alone', '2026-11-20T22:00:00Z/2026-11-22'],
    ['a duration to an end', 'P1D/2026-11-20T22:00:00Z'],
    ['one that ends before it begins', '2026-11-20T22:00Z/2026-11-20T21:00Z'],
    ['no interval', 'on Sunday'],
    ['nothing between commas', '2026-11-20T22:00Z/PT1H,'],
    ['no text', 7],
    ['a date alone', '2026-11-20/2026-11-21'],
    ['too many', Array(201).fill('2026-11-20T22:00Z/PT1H').join()],
  ])('makes the SLO invalid where it is %s', (_, text) => {
    const { objectives, invalid } = read(of(text));
    expect(objectives).toEqual([]);
    expect(invalid).toMatchObject([
      {
        path: 'metadata.annotations',
        reason: expect.stringMatching(
          /^day2\/planned-downtime .*2026-11-20T22:00:00Z|has more than 200/,
        ),
      },
    ]);
  });
});
