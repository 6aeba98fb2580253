import type { Request, Response } from 'express';
import type { LogEntry } from './logEntriesOf';
import { many, sendPage } from './paging';

/** How much of a note stands in a list. */
const SUMMARY = 40;

/**
 * A page of the log, the newest first. What was written in full comes with
 * `include[]=channels` alone.
 */
export function logPage(options: {
  request: Request<any>;
  response: Response;
  /** Of each incident oldest first. */
  entries: LogEntry[];
}): void {
  const { request, response } = options;
  const isWhole = many(request.query.include).includes('channels');
  const items = [...options.entries]
    .reverse()
    .sort((a, b) => b.at - a.at)
    .map(({ at, ...entry }) => {
      const { content, ...channel } = entry.channel;
      return isWhole || content === undefined
        ? entry
        : {
            ...entry,
            channel: { ...channel, summary: content.slice(0, SUMMARY) },
          };
    });
  sendPage({ request, response, key: 'log_entries', items });
}
