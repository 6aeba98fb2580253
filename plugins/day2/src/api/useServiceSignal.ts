import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  serviceChannel,
  type ServiceSignal,
} from '@day2/backstage-plugin-day2-common';
import { useEffect, useState } from 'react';

/** Milliseconds for which signals of one service are gathered. */
const settleMs = 2_000;

/**
 * A word that becomes another when records of the service have changed. Stays
 * undefined in a portal without signals: pages then ask every half a minute.
 *
 * @param serviceId - absent until it is known
 */
export function useServiceSignal(serviceId?: string): string | undefined {
  const signals = useApiHolder().get(signalApiRef);
  const [heard, setHeard] = useState<{ of: string; rev: string }>();
  useEffect(() => {
    if (!signals || serviceId === undefined) {
      return undefined;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    let latest = 0;
    const subscriber = signals.subscribe<{
      [K in keyof ServiceSignal]: number;
    }>(serviceChannel(serviceId), ({ rev }) => {
      latest = rev;
      // So that a slow answer is there before the next is asked for.
      timer ??= setTimeout(() => {
        timer = undefined;
        setHeard({ of: serviceId, rev: String(latest) });
      }, settleMs);
    });
    return () => {
      clearTimeout(timer);
      subscriber.unsubscribe();
    };
  }, [signals, serviceId]);
  return heard?.of === serviceId ? heard?.rev : undefined;
}
