import {
  isSourceError,
  type IncidentObservation,
  type SourceBatch,
} from '@day2/backstage-plugin-day2-node';
import type { PagerdutyClient } from '../client';
import type { AccountConfig } from '../config';
import {
  toIncident,
  type MappingContext,
  type ReadIncident,
} from '../mapping/toIncident';
import type { PagerdutyCursor } from './cursor';
import type { Due } from './findDue';
import { readIncident, UnreadableIncident } from './readIncident';

/** As many may fail by themselves, though nothing else was asked for. */
const FEW_FAILURES = 5;
/** More are met again in the log, or not at all. */
const MAX_AGAIN = 500;

/** What a group of incidents says. */
export interface ReadGroup {
  observations: IncidentObservation[];
  rejected: NonNullable<SourceBatch['rejected']>;
}

type Outcome =
  | { due: Due; read: ReadIncident }
  | { due: Due; unreadable: string }
  | { due: Due; status: number | undefined };

/**
 * Reads incidents of which there is news, at once, and keeps in the cursor what
 * became of them.
 *
 * @throws SourceError where PagerDuty itself cannot be read
 */
export async function readGroup(options: {
  client: PagerdutyClient;
  config: AccountConfig;
  context: MappingContext;
  cursor: PagerdutyCursor;
  group: Due[];
  /** PagerDuty failed at them before, which says nothing of the others. */
  failing?: boolean;
  signal: AbortSignal;
  now: number;
}): Promise<ReadGroup> {
  const { context, cursor, now } = options;
  const result: ReadGroup = { observations: [], rejected: [] };
  for (const outcome of await askFor(options)) {
    const { id, upTo } = outcome.due;
    cursor.again = cursor.again.filter(each => each !== id);
    if ('read' in outcome) {
      const { incident } = outcome.read;
      result.observations.push(toIncident(outcome.read, context));
      cursor.done[id] = Math.max(
        upTo,
        ...outcome.read.entries.map(entry => entry.created_at),
      );
      if (incident.status === 'resolved') {
        delete cursor.open[id];
      } else {
        cursor.open[id] = { u: incident.updated_at ?? 0 };
      }
    } else if ('unreadable' in outcome) {
      cursor.done[id] = upTo;
      result.rejected.push({
        key: id,
        reason: outcome.unreadable,
        item: { incident: id },
      });
    } else if (outcome.status === 404) {
      cursor.done[id] = upTo;
      if (cursor.open[id]) {
        cursor.open[id].g ??= now;
      }
    } else {
      cursor.done[id] = upTo;
      // An error says nothing of whether it is there.
      delete cursor.open[id]?.g;
      cursor.again = [...cursor.again, id].slice(-MAX_AGAIN);
      result.rejected.push({
        key: id,
        reason: `PagerDuty answers with an error (${
          outcome.status ?? 'no usable answer'
        }) when asked for this incident; it is asked again`,
        item: { incident: id },
      });
    }
  }
  return result;
}

async function askFor(options: {
  client: PagerdutyClient;
  config: AccountConfig;
  group: Due[];
  failing?: boolean;
  signal: AbortSignal;
}): Promise<Outcome[]> {
  const over = new AbortController();
  const signal = AbortSignal.any([options.signal, over.signal]);
  let answered = 0;
  let failed = 0;
  try {
    return await Promise.all(
      options.group.map(async (due): Promise<Outcome> => {
        if (due.whole) {
          return { due, read: due.whole };
        }
        try {
          const read = await readIncident({ ...options, id: due.id, signal });
          answered += 1;
          return { due, read };
        } catch (error) {
          if (error instanceof UnreadableIncident) {
            answered += 1;
            return { due, unreadable: error.message };
          }
          if (!isSourceError(error) || isOfAll(error.status)) {
            throw error;
          }
          if (error.status === 404) {
            answered += 1;
          } else {
            failed += 1;
            // Where all fail alike it is no matter of one incident.
            if (!options.failing && answered === 0 && failed >= FEW_FAILURES) {
              throw error;
            }
          }
          return { due, status: error.status };
        }
      }),
    );
  } finally {
    over.abort();
  }
}

/** Concerns the account: its credential, its rate. */
function isOfAll(status: number | undefined): boolean {
  return [401, 429].includes(status ?? 0);
}
