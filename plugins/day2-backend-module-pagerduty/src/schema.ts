import { z } from 'zod';

/** Null and what has another shape count as absent: one odd field must not hide an incident. */
function maybe<T extends z.ZodType>(schema: T) {
  return schema
    .nullish()
    .transform(value => value ?? undefined)
    .catch(undefined);
}

/** Items one by one; those of another shape are left out. */
function listOf<T extends z.ZodType>(schema: T) {
  return z
    .array(z.unknown())
    .nullish()
    .catch([])
    .transform(items =>
      (items ?? []).flatMap(item => {
        const parsed = schema.safeParse(item);
        return parsed.success ? [parsed.data as z.output<T>] : [];
      }),
    );
}

/** The end of the year 9999: the last that four digits of a year can say. */
const lastInstant = 253402300799999;

const text = maybe(z.string().min(1));
/** Epoch milliseconds. */
const Instant = z
  .string()
  .transform(value => Date.parse(value))
  .pipe(z.number().int().min(0).max(lastInstant));
const instant = maybe(Instant);
/** It becomes part of a path. */
export const Id = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/);

/** Whom or what PagerDuty refers to. */
export const Reference = z.object({
  id: Id,
  type: text,
  summary: text,
  html_url: text,
});
export type Reference = z.infer<typeof Reference>;

/** An incident, as `GET /incidents` and `GET /incidents/{id}` answer. */
export const Incident = z.object({
  id: Id,
  incident_number: maybe(z.number().int()),
  title: text,
  description: text,
  summary: text,
  html_url: text,
  status: z.enum(['triggered', 'acknowledged', 'resolved']),
  created_at: Instant,
  updated_at: instant,
  last_status_change_at: instant,
  resolved_at: instant,
  service: Reference,
  assignments: listOf(z.object({ assignee: Reference })),
  priority: maybe(z.object({ summary: text, name: text })),
  urgency: text,
  resolve_reason: maybe(z.object({ type: text, incident: maybe(Reference) })),
  body: maybe(z.object({ details: text })),
});
export type Incident = z.infer<typeof Incident>;

/** What happened to an incident. */
export const LogEntry = z.object({
  id: Id,
  type: z.string(),
  created_at: Instant,
  agent: maybe(Reference),
  channel: maybe(z.object({ summary: text, content: text })),
  incident: maybe(z.object({ id: Id })),
});
export type LogEntry = z.infer<typeof LogEntry>;

export const Service = z.object({
  id: Id,
  name: text,
  summary: text,
  escalation_policy: maybe(z.object({ id: Id })),
});
export type Service = z.infer<typeof Service>;

export const User = z.object({
  id: Id,
  name: text,
  summary: text,
  email: text,
});
export type User = z.infer<typeof User>;

/** Somebody on call for an escalation policy. */
export const OnCall = z.object({
  escalation_policy: Reference,
  escalation_level: z.number().int().min(1).max(100),
  user: Reference,
  schedule: maybe(Reference),
  start: instant,
  end: instant,
});
export type OnCall = z.infer<typeof OnCall>;

/** What `GET /incidents/{id}/custom_fields/values` answers. */
export const FieldValues = z.object({
  custom_fields: listOf(
    z.object({
      name: text,
      display_name: text,
      value: maybe(
        z.union([
          z.string(),
          z.number().transform(String),
          z.array(z.string()).transform(values => values.join(', ')),
        ]),
      ),
    }),
  ),
});

/** A page of a list under `key`. */
export function pageOf(key: string) {
  return z
    .looseObject({ [key]: z.array(z.unknown()), more: maybe(z.boolean()) })
    .transform(page => ({
      items: page[key] as unknown[],
      more: page.more === true,
    }));
}
