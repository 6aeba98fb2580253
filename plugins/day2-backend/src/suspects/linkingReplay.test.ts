import { TestDatabases } from '@backstage/backend-test-utils';
import {
  linkingMeasureOf,
  type LinkingAnswer,
  type LinkingMeasure,
} from '@day2/backstage-plugin-day2-common';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TestHub } from '../__testUtils__/testHub';
import { chunksOf } from '../database';
import { incidentIdOf } from '../incidents/incidentRows';
import {
  labelledHistory,
  type LabelledChange,
  type LabelledHistory,
  type LabelledIncident,
} from './__testUtils__/labelledHistory';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const START = Date.parse('2026-06-01T00:00:00Z');

/** What the hub says of each incident of a history, by the keys of its changes. */
async function replay(history: LabelledHistory): Promise<LinkingAnswer[]> {
  const hub = await TestHub.create(await databases.init('SQLITE_3'));
  for (const name of history.services) {
    await hub.addService({
      id: name,
      ref: `component:default/${name}`,
      annotations: { 'pagerduty.com/service-id': name },
    });
    for (const on of history.dependsOn.get(name) ?? []) {
      await hub.database('service_dependency').insert({
        service_id: name,
        depends_on: `component:default/${on}`,
        valid_from: 1,
      });
    }
  }
  for (const [source, observations] of history.observations) {
    for (const chunk of chunksOf(observations, 500)) {
      await hub.observe(source, chunk);
    }
  }
  await hub.derive();
  const keys = new Map<string, string>();
  for (const { record_id, key } of await hub.database('record_source')) {
    keys.set(record_id, key);
  }
  for (const { id, key } of await hub.database('change')) {
    keys.set(id, key);
  }
  const rows = await hub
    .database('suspect')
    .where('role', 'cause')
    .orderBy(['incident_id', 'rank']);
  return history.incidents.map(({ key, truth }) => {
    const id = incidentIdOf({ source: 'pd', key });
    const own = rows.filter(row => row.incident_id === id);
    const named = own.find(({ state }) =>
      ['confirmed', 'suspected'].includes(state),
    );
    return {
      truth,
      ranked: own.map(row => keys.get(row.candidate_id) ?? row.candidate_id),
      ...(named ? { named: keys.get(named.candidate_id) } : {}),
    };
  });
}

/** Always the last that is of the service, however long ago. */
function latest(
  { changes, incidents }: LabelledHistory,
  is: (change: LabelledChange) => boolean,
): LinkingAnswer[] {
  return incidents.map(({ service, startedAt, truth }: LabelledIncident) => {
    const ranked = changes
      .filter(
        each =>
          is(each) && each.service === service && each.finishedAt <= startedAt,
      )
      .sort((a, b) => b.finishedAt - a.finishedAt)
      .map(({ key }) => key);
    return { truth, ranked, named: ranked[0] };
  });
}

/** The figures of docs/suspects.md. */
function documented(): string[][] {
  const path = resolve(__dirname, '../../../../docs/suspects.md');
  return readFileSync(path, 'utf8')
    .split('\n')
    .map(line => line.split('|').map(cell => cell.trim()))
    .filter(cells => /^[01]\.\d\d$/.test(cells[2] ?? ''))
    .map(cells => cells.slice(2, 6));
}

it('names better than both rules of thumb: nine of ten rightly', async () => {
  const histories = [41, 42].map(seed =>
    labelledHistory(seed, { start: START, days: 30 }),
  );
  const answers: LinkingAnswer[] = [];
  for (const history of histories) {
    answers.push(...(await replay(history)));
  }
  const ours = linkingMeasureOf(answers);
  const [deployments, all] = [
    histories.flatMap(each =>
      latest(each, ({ kind }) => kind === 'deployment'),
    ),
    histories.flatMap(each => latest(each, () => true)),
  ].map(each => linkingMeasureOf(each));
  expect(documented()).toEqual(
    [ours, deployments, all].map(each =>
      [each.precision, each.recall, each.top1, each.top3].map(figure =>
        figure?.toFixed(2),
      ),
    ),
  );
  expect(ours.incidents).toBeGreaterThan(180);
  expect(ours.caused / ours.incidents).toBeLessThan(0.8);
  expect(ours.precision).toBeGreaterThanOrEqual(0.9);
  expect(ours.recall).toBeGreaterThan(0.5);
  for (const theirs of [deployments, all]) {
    for (const figure of ['precision', 'top1', 'top3'] as const) {
      expect(ours[figure]).toBeGreaterThan(
        (theirs as Required<LinkingMeasure>)[figure],
      );
    }
  }
});
