import { z } from 'zod';
import { isRecord, sayUnknownKeys, type SayWrong } from './configEnvironments';
import type { IncidentSettings } from './incidents/IncidentDeriver';

const KEY = 'day2.incidents.priority';

const Level = z.enum(['high', 'medium', 'low']);
const Priority = z.union([
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
]);
const Row = z.strictObject({ high: Priority, medium: Priority, low: Priority });
const Words = z
  .record(
    z.string().min(1),
    z.strictObject({ impact: Level.optional(), urgency: Level.optional() }),
  )
  .transform(words =>
    Object.fromEntries(
      Object.entries(words).map(([word, meaning]) => [
        word.trim().toLowerCase(),
        meaning,
      ]),
    ),
  );

const parts = {
  matrix: z.strictObject({ high: Row, medium: Row, low: Row }),
  meanings: z.record(
    z.string().min(1),
    z.strictObject({
      priority: Words.optional(),
      urgency: Words.optional(),
      severity: Words.optional(),
    }),
  ),
  impactByTier: z.partialRecord(z.enum(['1', '2', '3', '4']), Level),
};

const MUST: Record<keyof typeof parts, string> = {
  matrix:
    'must give a priority from 1 to 5 for each impact (high, medium, low) and urgency (the same)',
  meanings:
    'must say by tool (* for any), by field (priority, urgency or severity) and by word what impact and urgency it means, e.g. pagerduty: { priority: { "P1 - critical": { impact: high, urgency: high } } }',
  impactByTier: 'must give an impact for tiers from 1 to 4, e.g. { 1: high }',
};

/** How the priority of incidents is found; a part that is wrong is said and left out. */
export function readIncidents(
  value: unknown,
  sayWrong: SayWrong,
): IncidentSettings {
  const incidents = recordAt(value, 'day2.incidents', ['priority'], sayWrong);
  const priority = recordAt(
    incidents.priority,
    KEY,
    Object.keys(parts),
    sayWrong,
  );
  const settings: IncidentSettings = {};
  for (const part of Object.keys(parts) as (keyof typeof parts)[]) {
    if (priority[part] === undefined) {
      continue;
    }
    const parsed = parts[part].safeParse(priority[part]);
    if (parsed.success) {
      Object.assign(settings, { [part]: parsed.data });
    } else {
      const [{ path, message }] = parsed.error.issues;
      sayWrong(
        [KEY, part, ...path].join('.'),
        `${MUST[part]} (${message}); what is built in is used until then`,
      );
    }
  }
  return settings;
}

function recordAt(
  value: unknown,
  key: string,
  known: string[],
  sayWrong: SayWrong,
): Record<string, unknown> {
  if (value === undefined) {
    return {};
  }
  if (!isRecord(value)) {
    sayWrong(key, 'must hold settings by name; nothing of it is read');
    return {};
  }
  sayUnknownKeys({ entry: value, key, known, sayWrong });
  return value;
}
