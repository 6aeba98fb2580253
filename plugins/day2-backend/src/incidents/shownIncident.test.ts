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
