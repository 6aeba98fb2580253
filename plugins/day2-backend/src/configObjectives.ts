import { sayUnknownKeys, type SayWrong } from './configEnvironments';

/** No period is longer than 366 days, and some days before it are kept. */
const MIN_DAYS = 400;
const MAX_DAYS = 3_650;

/** What the hub does with objectives. */
export interface ObjectiveSettings {
  /** Days for which slots, and changes of state, are kept. */
  keepDays: number;
}

/** What is not said, or wrong, is as by default. */
export function readObjectiveSettings(
  objectives: Record<string, unknown>,
  sayWrong: SayWrong,
): ObjectiveSettings {
  const key = 'day2.objectives';
  sayUnknownKeys({ entry: objectives, key, known: ['keepDays'], sayWrong });
  const { keepDays = MIN_DAYS } = objectives;
  const isDays =
    typeof keepDays === 'number' &&
    Number.isInteger(keepDays) &&
    keepDays >= MIN_DAYS &&
    keepDays <= MAX_DAYS;
  if (!isDays) {
    sayWrong(
      `${key}.keepDays`,
      `must be a whole number of days from ${MIN_DAYS} to ${MAX_DAYS}; until then it is ${MIN_DAYS}`,
    );
  }
  return { keepDays: isDays ? keepDays : MIN_DAYS };
}
