import type { Request, Response } from 'express';
import { DAY } from '../world/time';
import { sendError } from './sendError';

const MAX_ITEMS = 10_000;
const MONTH = 30 * DAY;
/** Longer ranges are refused. */
const HALF_YEAR = 184 * DAY;

/** Values of a parameter that may be repeated: `statuses[]=a&statuses[]=b`. */
export function many(value: unknown): string[] {
  return [value]
    .flat()
    .filter((each): each is string => typeof each === 'string' && each !== '');
}

/** One page of a list, as `limit` and `offset` ask for it. */
export function sendPage(options: {
  request: Request<any>;
  response: Response;
  /** Under which the items stand. */
  key: string;
  items: object[];
}): void {
  const { request, response, key, items } = options;
  const limit = Math.min(100, Number(request.query.limit ?? 25));
  const offset = Number(request.query.offset ?? 0);
  if (!(limit >= 1 && offset >= 0)) {
    sendError(response, 400, 'Limit and offset must be numbers.');
    return;
  }
  if (offset + limit > MAX_ITEMS) {
    sendError(
      response,
      400,
      `Offset+limit exceeds maximum allowed value of ${MAX_ITEMS}. Please try to refine your search to reduce the returned set of records below this number, like adding a date range.`,
    );
    return;
  }
  response.json({
    [key]: items.slice(offset, offset + limit),
    limit,
    offset,
    total: request.query.total === 'true' ? items.length : null,
    more: offset + limit < items.length,
  });
}

/**
 * What `since` and `until` ask for: with one of them, a month; with none, the
 * last one. Undefined where they make no range.
 */
export function rangeOf(
  request: Request<any>,
  now: number,
): { has(at: number): boolean } | undefined {
  const { since, until } = request.query;
  const read = (text: unknown) =>
    typeof text === 'string' && text !== '' ? Date.parse(text) : undefined;
  const end = until === undefined && since !== undefined;
  const to = read(until) ?? (end ? (read(since) as number) + MONTH : now + 1);
  const from = read(since) ?? to - MONTH;
  return from <= to && to - from <= HALF_YEAR
    ? { has: at => at >= from && at < to }
    : undefined;
}
