import type { OnCallObservation } from '@day2/backstage-plugin-day2-node';
import type { PagerdutyClient } from '../client';
import type { Directory } from '../Directory';
import { toOnCalls } from '../mapping/toOnCalls';
import { OnCall } from '../schema';

/** Who is on call now. */
export interface ReadOnCalls {
  observations: OnCallObservation[];
  unreadable: number;
  /** Not all of it. */
  isCut: boolean;
}

/** Lists who is on call, for each service. @throws SourceError */
export async function readOnCalls(options: {
  client: PagerdutyClient;
  directory: Directory;
  account: string;
  signal: AbortSignal;
}): Promise<ReadOnCalls> {
  const { client, directory, account, signal } = options;
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
  return {
    observations: toOnCalls({ onCalls, directory, account }),
    unreadable: items.length - onCalls.length,
    isCut: isCut || directory.isCut,
  };
}
