import type { z } from 'zod';

/** A part of a document that was read, or what is wrong with it and where. */
export type Reading<T> =
  | { value: T }
  | { reason: string; path: Array<string | number> };

/** A refusal. */
export function refused(
  reason: string,
  ...path: Array<string | number>
): { reason: string; path: Array<string | number> } {
  return { reason, path };
}

/** What a schema says of something found at a path: the first thing that is wrong. */
export function readBy<T>(
  schema: z.ZodType<T>,
  value: unknown,
  ...path: Array<string | number>
): Reading<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return { value: parsed.data };
  }
  const [first, ...more] = parsed.error.issues;
  const others = more.length > 0 ? ` (and ${more.length} more)` : '';
  return refused(
    `${first.message}${others}`,
    ...path,
    ...first.path.map(each => (typeof each === 'number' ? each : String(each))),
  );
}

/** The same, of a part found at a path. */
export function within<T>(
  read: Reading<T>,
  ...path: Array<string | number>
): Reading<T> {
  return 'value' in read ? read : { ...read, path: [...path, ...read.path] };
}

/** E.g. `spec.objectives[1].target`. */
export function pathText(path: Array<string | number>): string {
  return path
    .map(each => (typeof each === 'number' ? `[${each}]` : `.${each}`))
    .join('')
    .replace(/^\./, '');
}
