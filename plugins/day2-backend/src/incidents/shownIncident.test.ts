import {
  incidentsOf,
  type IncidentObservation,
} from '@day2/backstage-plugin-day2-common';
import { shownIncident } from './shownIncident';
import type { IncidentRow, StoredIncident } from './incidentRows';

const references = Array.from(
  { length: 25 },
  (_, n): IncidentObservation => ({
    source: 'am',
    key: `${n}`,
    tool: 'alertmanager',
    kind: 'alert',
    title: `Alert ${n}`,
    services: ['a'],
    words: [],
    detectedAt: 1000 + n,
  }),
);

function shown(most?: number) {
  const [incident] = incidentsOf({ observations: references });
  return shownIncident({
    row: { id: '1', state: 'open' } as IncidentRow,
    incident: incident as StoredIncident,
    showing: {
      services: [
        { id: 'a', ref: 'component:default/a', title: 'A', visible: true },
      ],
      sourceTitle: source => source,
      person: id => ({ id }),
      most,
    },
  });
}

it.each([
  [undefined, 25, undefined],
  [20, 20, 5],
  [25, 25, undefined],
])('of at most %p references', (most, count, more) => {
  const record = shown(most);
  expect(record.references.map(({ key }) => key)).toEqual(
    references.slice(0, count).map(({ key }) => key),
  );
  expect(record.moreReferences).toBe(more);
  const { words } = record.instants.detectedAt;
  expect(words).toHaveLength(count);
  // The one that counts is among them.
  expect(words[0]).toMatchObject({ origin: { key: '0' } });
});

describe('where one tool says that it is over and an alert goes on', () => {
  const alert: IncidentObservation = { ...references[0], key: 'k:1' };
  const page: IncidentObservation = {
    ...references[0],
    source: 'pd',
    key: 'Q1',
    tool: 'pagerduty',
    kind: 'incident',
    title: 'Down',
    services: ['a', 'b'],
    mitigatedAt: 4000,
    resolvedAt: 5000,
  };
  const recordOf = (
    options: { observations?: IncidentObservation[]; visible?: string } = {},
  ) => {
    const { observations = [alert, page], visible = 'a' } = options;
    const [incident] = incidentsOf({ observations });
    return shownIncident({
      row: { id: '1', state: incident.state } as IncidentRow,
      incident: incident as StoredIncident,
      showing: {
        services: [{ id: visible, ref: 'r', title: 'A', visible: true }],
        sourceTitle: source => source.toUpperCase(),
        person: id => ({ id }),
      },
    });
  };

  it.each(['resolvedAt', 'mitigatedAt'] as const)(
    'says of %s what goes on, and by whom it is told otherwise',
    name => {
      const { instants } = recordOf();
      expect(instants[name]).toMatchObject({
        at: undefined,
        goesOn: { title: 'Alert 0', sourceTitle: 'AM', more: 0 },
        words: [{ origin: { key: 'Q1' } }],
      });
      expect(instants.detectedAt.goesOn).toBeUndefined();
    },
  );

  it('says nothing of what the caller may not see', () => {
    expect(recordOf({ visible: 'b' }).instants.resolvedAt.goesOn).toBe(
      undefined,
    );
  });

  it('says no more once all is over', () => {
    const over = { ...alert, resolvedAt: 6000 };
    const { resolvedAt } = recordOf({ observations: [over, page] }).instants;
    expect(resolvedAt.at).toBe('1970-01-01T00:00:06.000Z');
    expect(resolvedAt.goesOn).toBeUndefined();
  });

  it('calls it by its title where it contradicts, and names five at most', () => {
    expect(recordOf().contradictions.map(({ text }) => text)).toEqual([
      'Resolved in some of its tools; still open: “Alert 0” (AM)',
    ]);
    const observations = [...references, page];
    expect(recordOf({ observations }).contradictions[0].text).toMatch(
      /still open: “Alert 0” \(AM\), .*“Alert 4” \(AM\), 20 more$/,
    );
  });
});

it('has five contradictions in lists, and says how many more there are', () => {
  const [incident] = incidentsOf({ observations: references });
  const contradictions = Array.from({ length: 7 }, (_, n) => ({
    code: 'c',
    text: `Of ${n}`,
  }));
  const inList = (most?: number) =>
    shownIncident({
      row: { id: '1', state: 'open' } as IncidentRow,
      incident: { ...incident, contradictions } as StoredIncident,
      showing: {
        services: [{ id: 'a', ref: 'r', title: 'A', visible: true }],
        sourceTitle: source => source,
        person: id => ({ id }),
        most,
      },
    });
  expect(inList(20).contradictions).toHaveLength(5);
  expect(inList(20).moreContradictions).toBe(2);
  expect(inList().contradictions).toHaveLength(7);
  expect(inList().moreContradictions).toBeUndefined();
});
