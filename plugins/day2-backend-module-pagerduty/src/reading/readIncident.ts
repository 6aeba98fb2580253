import { isSourceError } from '@day2/backstage-plugin-day2-node';
import { z } from 'zod';
import type { PagerdutyClient } from '../client';
import type { AccountConfig } from '../config';
import type { FieldWords, ReadIncident } from '../mapping/toIncident';
import { FieldValues, Incident, LogEntry } from '../schema';

/** Of one incident; the newest come first. */
const MAX_ENTRIES = 3_000;
const Answer = z.object({ incident: Incident });

/** What PagerDuty answers is no incident. */
export class UnreadableIncident extends Error {}

/**
 * One incident with all of its log.
 *
 * @remarks The log is read first: what happens between the two requests is then
 * met in the log of the account, and read again.
 *
 * @throws UnreadableIncident; SourceError with its status
 */
export async function readIncident(options: {
  client: PagerdutyClient;
  config: AccountConfig;
  id: string;
  signal: AbortSignal;
}): Promise<ReadIncident> {
  const { client, config, id, signal } = options;
  const path = `/incidents/${encodeURIComponent(id)}`;
  const log = await client.list({
    path: `${path}/log_entries`,
    key: 'log_entries',
    query: { 'include[]': 'channels', time_zone: 'UTC' },
    max: MAX_ENTRIES,
    signal,
  });
  const answer = Answer.safeParse(await client.get({ path, signal }));
  if (!answer.success) {
    const [issue] = answer.error.issues;
    throw new UnreadableIncident(`${issue.path.join('.')}: ${issue.message}`);
  }
  const entries = log.items.flatMap(item => {
    const parsed = LogEntry.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
  const { incident } = answer.data;
  return Object.values(config.fields).some(Boolean)
    ? { incident, entries, fields: await readFields({ ...options, path }) }
    : { incident, entries };
}

async function readFields(options: {
  client: PagerdutyClient;
  config: AccountConfig;
  path: string;
  signal: AbortSignal;
}): Promise<FieldWords> {
  const { client, config, path, signal } = options;
  let raw: unknown;
  try {
    raw = await client.get({ path: `${path}/custom_fields/values`, signal });
  } catch (error) {
    if (!isSourceError(error) || error.status !== 404) {
      throw error;
    }
    // It has none; the incident itself was there.
  }
  const answer = FieldValues.safeParse(raw);
  const valueOf = (wanted: string | undefined) =>
    wanted === undefined || !answer.success
      ? undefined
      : answer.data.custom_fields.find(
          ({ name, display_name }) =>
            name === wanted || display_name === wanted,
        )?.value;
  const start = Date.parse(valueOf(config.fields.impactStartedAt) ?? '');
  return {
    ...(start >= 0 ? { impactStartedAt: start } : {}),
    cause: valueOf(config.fields.cause),
    environment: valueOf(config.fields.environment),
  };
}
