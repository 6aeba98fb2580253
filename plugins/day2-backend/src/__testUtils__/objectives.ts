import {
  DAY_MS,
  SLOT_MS,
  type Objective,
  type Slot,
} from '@day2/backstage-plugin-day2-common';
import type {
  MeasurementObservation,
  ObjectiveObservation,
  Source,
  WantedMeasurement,
} from '@day2/backstage-plugin-day2-node';
import { sourceOf } from './startHub';

/** An objective as a file of a service has it. */
export function objective(
  options: {
    service: string;
    name?: string;
    file?: string;
    query?: string;
  } & Partial<Omit<ObjectiveObservation, 'objective'>> & {
      objective?: Partial<Objective>;
    },
): ObjectiveObservation {
  const {
    service,
    name = 'availability',
    file = 'slo.yaml',
    query = `requests{app="${service}"}`,
    objective: more,
    ...rest
  } = options;
  const ref = `component:default/${service}`;
  return {
    kind: 'objective',
    key: `${ref}#${file}#${name}`,
    version: 1,
    subject: { key: ref, kind: 'objectives', traits: { entityRef: ref } },
    name,
    file,
    line: 4,
    ...(rest.invalid
      ? {}
      : {
          objective: {
            id: name,
            name,
            service,
            index: 0,
            indicator: {
              counts: 'bad',
              counter: true,
              events: { query: `bad_${query}` },
              total: { query },
            },
            target: 0.99,
            budgeting: { method: 'occurrences' },
            period: { kind: 'rolling', lengthMs: 7 * DAY_MS },
            ...more,
          },
        }),
    ...rest,
  };
}

/** A source that measures. */
export function prometheus(
  options: Partial<Parameters<typeof sourceOf>[0]> & {
    measures?: Source['measures'];
  } = {},
): Source {
  const { measures, ...rest } = options;
  return {
    ...sourceOf({
      id: 'prometheus:main',
      kinds: ['measurement'],
      everySeconds: 60,
      ...rest,
    }),
    measures: measures ?? { names: ['main'], isDefault: true },
  };
}

/** What happened in each slot; undefined: no data. */
export type Truth = (at: number) => { bad: number; total: number } | undefined;

/** A measurement of all of a range, as the truth has it. */
export function measurement(
  asked: Pick<WantedMeasurement, 'id' | 'indicatorId'>,
  range: { from: number; to: number },
  truth: Truth,
): MeasurementObservation {
  return {
    kind: 'measurement',
    key: `${asked.id}:${range.from}`,
    version: 1,
    objective: asked.id,
    indicator: asked.indicatorId,
    ...range,
    slots: slotsOf(range, truth),
  };
}

export function slotsOf(
  range: { from: number; to: number },
  truth: Truth,
): Slot[] {
  const slots: Slot[] = [];
  for (let at = range.from; at < range.to; at += SLOT_MS) {
    const happened = truth(at);
    if (happened) {
      slots.push({ at, ...happened });
    }
  }
  return slots;
}

/** A truth with traffic by the hour and some errors, the same each time. */
export function usualTruth(seed = 1): Truth {
  return at => {
    const slot = at / SLOT_MS;
    const total = 100 + ((slot * 7 + seed * 13) % 50);
    return { bad: (slot + seed) % 11 === 0 ? 1 : 0, total };
  };
}
