import type { Source } from '@day2/backstage-plugin-day2-node';
import { hashOf } from '../database';
import type { ObjectiveDefinition } from './objectiveRecord';

/** A source that counts events for objectives. */
export type MeasuringSource = Pick<Source, 'id'> & {
  measures: NonNullable<Source['measures']>;
};

export function measuringSources(sources: Source[]): MeasuringSource[] {
  return sources.flatMap(({ id, measures }) =>
    measures ? [{ id, measures }] : [],
  );
}

/** By which names an objective points to what measures it, the nearest first. */
export function namesOf(definition: ObjectiveDefinition): string[] {
  const { objective, instance } = definition;
  return [objective?.indicator.events.source, instance].flatMap(
    each => each ?? [],
  );
}

/**
 * What measures an objective: the instance that its queries name, else the one
 * that its service names, else where it names none the default one.
 *
 * @returns nothing where it is invalid, or names none that is configured
 */
export function measuringSourceOf(
  definition: ObjectiveDefinition,
  sources: MeasuringSource[],
): string | undefined {
  if (!definition.objective) {
    return undefined;
  }
  const names = namesOf(definition);
  const named = names.flatMap(
    name => sources.find(({ measures }) => measures.names.includes(name)) ?? [],
  );
  const chosen =
    names.length > 0
      ? named[0]
      : sources.find(({ measures }) => measures.isDefault);
  return chosen?.id;
}

/** Another word where objectives may be measured by others. */
export function measuringRules(sources: MeasuringSource[]): string {
  return hashOf(
    sources.map(({ id, measures: { names, isDefault } }) => ({
      id,
      names,
      isDefault,
    })),
  );
}
