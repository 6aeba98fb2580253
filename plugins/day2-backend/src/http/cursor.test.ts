import { cutPage, decodeCursor, encodeCursor } from './cursor';

describe('cursor', () => {
  it.each([
    [{ at: 1_700_000_000_000, id: 'a' }, 'number' as const],
    [{ at: 'Ünïcode "title"', id: 'b' }, 'string' as const],
  ])('comes back as it went', (position, kind) => {
    const cursor = encodeCursor(position as { at: number; id: string });
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(decodeCursor({ cursor, kind })).toEqual(position);
  });

  it('is nothing on the first page', () => {
    expect(decodeCursor({ cursor: undefined, kind: 'number' })).toBeUndefined();
  });

  it.each([
    ['no base64', '%%%'],
    ['no JSON', Buffer.from('x').toString('base64url')],
    ['another shape', Buffer.from('{"at":1}').toString('base64url')],
    ['too long', Buffer.from('[1,"a","b"]').toString('base64url')],
    ['no number', Buffer.from('[null,"a"]').toString('base64url')],
    ['one with NUL', Buffer.from('[1,"a\\u0000b"]').toString('base64url')],
    ['of another list', Buffer.from('["title","a"]').toString('base64url')],
  ])('is refused when it is %s', (_, cursor) => {
    expect(() => decodeCursor({ cursor, kind: 'number' })).toThrow(
      /query.cursor: not a cursor of this list/,
    );
  });

  it('is refused with NUL in what its list is ordered by', () => {
    const cursor = encodeCursor({ at: 'a\0b', id: 'a' });
    expect(() => decodeCursor({ cursor, kind: 'string' })).toThrow(
      /query.cursor: not a cursor of this list/,
    );
  });

  it.each([
    { rows: 2, limit: 3, left: 2, next: undefined },
    { rows: 3, limit: 3, left: 3, next: undefined },
    { rows: 4, limit: 3, left: 3, next: { at: 2, id: '2' } },
  ])('cuts $rows rows at $limit', ({ rows, limit, left, next }) => {
    const page = cutPage({
      rows: Array.from({ length: rows }, (_, index) => index),
      limit,
      position: row => ({ at: row, id: `${row}` }),
    });
    expect(page.rows).toHaveLength(left);
    expect(decodeCursor({ cursor: page.nextCursor, kind: 'number' })).toEqual(
      next,
    );
  });
});
