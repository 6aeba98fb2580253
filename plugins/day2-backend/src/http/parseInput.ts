import { InputError } from '@backstage/errors';
import type { z } from 'zod';

/**
 * Parses one part of a request. The error names each field and what it should
 * be; it never repeats the value, which may be a secret put in the wrong place.
 *
 * @throws InputError
 */
export function parseInput<T extends z.ZodType>(options: {
  schema: T;
  value: unknown;
  /** Where the value came from, e.g. `query`. */
  part: string;
}): z.output<T> {
  if (holdsNul(options.value)) {
    throw new InputError(
      `${options.part}: a NUL character (U+0000) is in no name or text that can be stored; leave it out`,
    );
  }
  const result = options.schema.safeParse(options.value);
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues.slice(0, 10).map(issue => {
    const field = [options.part, ...issue.path.map(String)].join('.');
    return `${field}: ${wordsOf(issue)}`;
  });
  throw new InputError(
    `The request is not what this route takes. ${problems.join(
      '; ',
    )}. The fields are described in /api/day2/openapi.json`,
  );
}

/** Zod's words; an unknown key only where it is one, as a typo is. */
function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') {
    return issue.message;
  }
  const names = issue.keys.filter(key => /^[\w.-]{1,40}$/.test(key));
  return names.length === issue.keys.length
    ? `takes no ${names.join(', ')}`
    : 'has fields that it does not take';
}

/** Looks at every string, key and value; a body is at most 100 kB, and so is this. */
function holdsNul(value: unknown): boolean {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'string') {
      if (next.includes('\0')) {
        return true;
      }
    } else if (typeof next === 'object' && next !== null) {
      for (const [key, each] of Object.entries(next)) {
        open.push(key, each);
      }
    }
  }
  return false;
}
