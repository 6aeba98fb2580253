import {
  hmacVerifier,
  SourceError,
  type Observation,
  type Source,
  type SourceWebhook,
} from '@day2/backstage-plugin-day2-node';
import { createHmac } from 'node:crypto';
import { sourceOf } from './startHub';

export const HOOK_SECRET = 'a-secret-of-the-hook';

/** A delivery of the toy tool: each item is what an alert is by now. */
export interface HookItem {
  key: string;
  version: number;
  title: string;
}

/** As its tool would sign it. */
export function signed(body: string, secret = HOOK_SECRET) {
  return {
    'content-type': 'application/json',
    'x-signature': createHmac('sha256', secret).update(body).digest('hex'),
  };
}

export function incidentOf(item: HookItem): Observation {
  return {
    kind: 'incident',
    key: item.key,
    version: item.version,
    subject: { key: item.key, kind: 'alerts', traits: { alert: item.key } },
    tool: 'toy',
    nature: 'alert',
    title: item.title,
    words: [],
    detectedAt: 1_000,
  };
}

/** A source that takes signed deliveries of `{ items }`. */
export function hookSource(options: {
  id: string;
  kind?: SourceWebhook['kind'];
  maxBytes?: number;
  everySeconds?: number;
  pull?: Source['pull'];
}): Source {
  return {
    ...sourceOf({ ...options, kinds: ['incident'] }),
    webhook: {
      kind: options.kind ?? 'record',
      maxBytes: options.maxBytes,
      verify: hmacVerifier({ header: 'x-signature', secrets: [HOOK_SECRET] }),
      read: ({ body }) => {
        let said: { items?: HookItem[] } = {};
        try {
          said = JSON.parse(body.toString());
        } catch {
          // Told below.
        }
        if (!Array.isArray(said?.items)) {
          throw new SourceError({
            code: 'bad-answer',
            message: 'it is no list of items',
          });
        }
        return { observations: said.items.map(incidentOf) };
      },
    },
  };
}
