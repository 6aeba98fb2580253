/**
 * A number with the words it counts, whose first noun is in the plural as the
 * backend names units: `1 emergency change`, `44 changes`. A unit in the
 * singular, as kinds of observations are, becomes plural: `39 tags`.
 */
export function countWords(count: number, unit: string): string {
  // Of many a fraction, as extrapolated counters have, says nothing.
  const number = count.toLocaleString(undefined, {
    maximumFractionDigits: count < 100 ? 1 : 0,
  });
  return `${number} ${count === 1 ? singular(unit) : plural(unit)}`;
}

/** Units whose last word is counted. */
const nouns = [
  'application',
  'change',
  'commit',
  'deployment',
  'event',
  'file',
  'incident',
  'objective',
  'slot',
  'tag',
  'template',
  'turn',
  'type',
];

function singular(unit: string): string {
  const noun = nouns.find(word => unit.split(' ').pop() === `${word}s`);
  return noun ? unit.slice(0, -1) : unit;
}

function plural(unit: string): string {
  return nouns.includes(unit.split(' ').pop() ?? '') ? `${unit}s` : unit;
}
