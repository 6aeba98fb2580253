import { TestDatabases } from '@backstage/backend-test-utils';
import {
  incidentsOf,
  type IncidentObservation,
} from '@day2/backstage-plugin-day2-common';
import { addIncidentServices, incidentLine } from '../__testUtils__/incidents';
import { TestHub } from '../__testUtils__/testHub';
import { IncidentList } from './IncidentList';
import type { IncidentRow, StoredIncident } from './incidentRows';
import { shownIncident } from './shownIncident';
import { MAX_LISTED, summaryOf } from './summaryOf';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** Alerts of `a` and `b` in turn, some of both; one incident of `b` far behind. */
function incidentWith(count: number): StoredIncident {
  const observations = Array.from(
    { length: count },
    (_, n): IncidentObservation => ({
      source: 'am',
      key: `k${n}`,
      tool: n === count - 3 ? 'pagerduty' : 'alertmanager',
      kind: n === count - 3 ? 'incident' : 'alert',
      title: `Alert ${n}`,
      services: [['a'], ['b'], ['a', 'b']][n % 3],
      environment: n % 50 === 0 ? 'staging' : undefined,
      words: [{ field: 'severity', word: n % 2 === 0 ? 'critical' : 'page' }],
      detectedAt: 1000 + n,
      acknowledgedAt: 5000 + n,
      ...(n % 4 === 0 ? { resolvedAt: 9000 + n } : {}),
    }),
  );
  const incidents = incidentsOf({ observations });
  expect(incidents).toHaveLength(1);
  return incidents[0] as StoredIncident;
}

function shown(incident: StoredIncident, visible: string) {
  return shownIncident({
    row: { id: '1', state: 'open' } as IncidentRow,
    incident,
    showing: {
      services: ['a', 'b'].map(id => ({
        id,
        ref: id,
        title: id,
        visible: visible.includes(id),
      })),
      sourceTitle: source => source,
      person: id => ({ id }),
      most: MAX_LISTED,
    },
  });
}

it('is nothing where that would be all', () => {
  expect(summaryOf(incidentWith(MAX_LISTED))).toBeUndefined();
});

it.each(['a', 'b', 'ab', ''])(
  'a list shows by the summary what it shows by all, to who sees %p',
  visible => {
    const incident = incidentWith(150);
    const summary = JSON.parse(JSON.stringify(summaryOf(incident)));
    const byAll = shown(incident, visible);
    const bySummary = shown(summary, visible);
    for (const field of [
      'title',
      'references',
      'moreReferences',
      'environments',
      'hidden',
      'times',
      'startedAt',
      'priority',
    ] as const) {
      expect([field, bySummary[field]]).toEqual([field, byAll[field]]);
    }
    expect(bySummary.instants.detectedAt).toEqual(byAll.instants.detectedAt);
    expect(bySummary.instants.resolvedAt.at).toBe(undefined);
    // What it quotes is of what is listed, or is not said.
    const told = byAll.contradictions.map(({ text }) => text);
    for (const { text } of bySummary.contradictions) {
      expect(told).toContain(text);
    }
  },
);

it('is as large as what is listed, however much there is', () => {
  const bytes = (count: number) =>
    JSON.stringify(summaryOf(incidentWith(count))).length;
  expect(bytes(999)).toBeLessThan(bytes(150) * 1.2);
});

it.each(databases.eachSupportedId())(
  'lists read the summary, on %s',
  async id => {
    const hub = await TestHub.create(await databases.init(id));
    await addIncidentServices(hub);
    await hub.observe(
      'am',
      Array.from(
        { length: 60 },
        (_, n) => incidentLine(`am k${n} ${10 + n / 100} s=a`).observation,
      ),
    );
    await hub.derive();
    const { rows } = await IncidentList.create(hub).page({
      visible: { kind: 'all' },
      range: { from: 0, to: Number.MAX_SAFE_INTEGER },
      limit: 10,
    });
    expect(rows).toHaveLength(1);
    const listed = JSON.parse(rows[0].record) as StoredIncident;
    expect(listed.references).toHaveLength(MAX_LISTED);
    expect(listed.leftOut?.map(({ count }) => count)).toEqual([40]);
    const [{ record }] = await hub.rows('incident');
    expect(JSON.parse(record).references).toHaveLength(60);
  },
);
