import { InputError } from '@backstage/errors';
import { z } from 'zod';

// PostgreSQL knows no NUL, and fails where it is asked for one.
const Word = z
  .string()
  .max(300)
  .refine(text => !text.includes('\0'));
const Position = z.tuple([z.union([z.number().int(), Word]), Word.min(1)]);

/** Where a page ended: the value it is ordered by, and the id that breaks ties. */
export interface CursorPosition<TAt extends number | string = number> {
  at: TAt;
  id: string;
}

/** The opaque form of a position. */
export function encodeCursor(
  position: CursorPosition<number> | CursorPosition<string>,
): string {
  return Buffer.from(JSON.stringify([position.at, position.id])).toString(
    'base64url',
  );
}

/**
 * @throws InputError when it is not a cursor of this kind of list
 */
export function decodeCursor<TKind extends 'number' | 'string'>(options: {
  cursor: string | undefined;
  kind: TKind;
}): CursorPosition<TKind extends 'number' ? number : string> | undefined {
  if (options.cursor === undefined) {
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(
      Buffer.from(options.cursor, 'base64url').toString('utf8'),
    );
  } catch {
    value = undefined;
  }
  const parsed = Position.safeParse(value);
  if (!parsed.success || typeof parsed.data[0] !== options.kind) {
    throw new InputError(
      'query.cursor: not a cursor of this list. Leave it out for the first page, or pass nextCursor of the page before as it is',
    );
  }
  const [at, id] = parsed.data;
  return { at, id } as CursorPosition<TKind extends 'number' ? number : string>;
}

/**
 * Cuts one row more than the limit into a page and the cursor of the next.
 */
export function cutPage<TRow>(options: {
  rows: TRow[];
  limit: number;
  position: (row: TRow) => CursorPosition<number> | CursorPosition<string>;
}): { rows: TRow[]; nextCursor?: string } {
  if (options.rows.length <= options.limit) {
    return { rows: options.rows };
  }
  const rows = options.rows.slice(0, options.limit);
  return {
    rows,
    nextCursor: encodeCursor(options.position(rows[rows.length - 1])),
  };
}
