import { createHash } from 'node:crypto';
import type { OnCallObservation } from '@day2/backstage-plugin-day2-node';
import type { PagerdutyClient } from '../client';
import type { Directory } from '../Directory';
import { toOnCalls, type OnCallFacts } from '../mapping/toOnCalls';
import { OnCall } from '../schema';
import type { PagerdutyCursor } from './cursor';

/** Who is on call now. */
export interface ReadOnCalls {
  observations: OnCallObservation[];
  unreadable: number;
  /** Not all of it. */
  isCut: boolean;
}

/**
 * Lists who is on call, for each service; the cursor tells at which version.
 *
 * @throws SourceError
 */
export async function readOnCalls(options: {
  client: PagerdutyClient;
  directory: Directory;
  account: string;
  cursor: PagerdutyCursor;
  signal: AbortSignal;
}): Promise<ReadOnCalls> {
  const { client, directory, account, cursor, signal } = options;
  const { items, isCut } = await client.list({
    path: '/oncalls',
    key: 'oncalls',
    query: { earliest: 'true', time_zone: 'UTC' },
    signal,
  });
  const onCalls = items.flatMap(item => {
    const parsed = OnCall.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
  const facts = toOnCalls({ onCalls, directory, account });
  cursor.onCall = versionOf({ facts, onCalls, former: cursor.onCall });
  const { version } = cursor.onCall;
  return {
    observations: facts.map(each => ({ ...each, version })),
    unreadable: items.length - onCalls.length,
    isCut: isCut || directory.isCut,
  };
}

/**
 * What is listed now is what holds: a shift that an override had taken is back
 * with the beginning that it had before. So a listing that reads otherwise is
 * above the one before; one that reads the same is the same.
 */
function versionOf(options: {
  facts: OnCallFacts[];
  onCalls: OnCall[];
  former: PagerdutyCursor['onCall'];
}): NonNullable<PagerdutyCursor['onCall']> {
  const { facts, onCalls, former } = options;
  const hash = createHash('sha256')
    .update(JSON.stringify(facts))
    .digest('base64url')
    .slice(0, 12);
  if (former?.hash === hash) {
    return former;
  }
  const newest = onCalls.reduce(
    (latest, { start }) => Math.max(latest, start ?? 0),
    0,
  );
  return { hash, version: Math.max(newest, (former?.version ?? -1) + 1) };
}
