import {
  DAY_MS,
  objectiveFiguresOf,
  seriesOf,
  type Objective,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import type { KeptFigures, ObjectiveRow } from '../objectives/objectiveRecord';
import { WantedMeasurements } from '../objectives/WantedMeasurements';
import { measurement, prometheus, slotsOf, type Truth } from './objectives';
import { TestHub } from './testHub';

const MAIN = 'prometheus:main';

/** A hub with two services, and a Prometheus that counts for their objectives. */
export async function startObjectives(database: Knex) {
  const hub = await TestHub.create(database);
  hub.configured = [prometheus()];
  for (const name of ['payments-api', 'cart']) {
    await hub.addService({ id: name, ref: `component:default/${name}` });
  }
  const measurements = WantedMeasurements.create({
    database: hub.database,
    now: () => hub.time,
  });
  return {
    hub,
    wanted: (source = MAIN, options = {}) => measurements.of(source, options),
    /** Answers all that is wanted, as the truth has it. */
    async measure(truth: Truth, source = MAIN) {
      const asked = await measurements.of(source);
      await hub.observe(
        source,
        asked.flatMap(each =>
          each.missing.map(range => measurement(each, range, truth)),
        ),
      );
      await hub.derive();
    },
    async row(
      name = 'availability',
    ): Promise<ObjectiveRow & { kept: KeptFigures }> {
      const row = await hub.database('objective').where({ name }).first();
      return { ...row, kept: row.figures && JSON.parse(row.figures) };
    },
    transitions: () =>
      hub
        .database('objective_transition')
        .orderBy(['at', 'objective_id'])
        .select('from_state', 'to_state'),
  };
}

/** By all slots at once. */
export function figuresOf(truth: Truth, said: Objective, now: number) {
  const range = { from: now - 40 * DAY_MS, to: now };
  const { target, budgeting, period } = said;
  const slots = seriesOf({ ...range, slots: slotsOf(range, truth) });
  return objectiveFiguresOf({ slots, target, budgeting, period, now })!;
}
