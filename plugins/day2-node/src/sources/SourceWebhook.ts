import type { Observation } from './observations';

/** A delivery as it came. @public */
export interface WebhookDelivery {
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  body: Buffer;
}

/** What a delivery that is a record says. @public */
export interface WebhookRecords {
  observations: Observation[];
  /** Items that could not be read: quarantined with the reason, the rest lands. No secrets. */
  rejected?: { key?: string; reason: string; item: unknown }[];
}

/**
 * What a source takes at `POST /api/day2/webhooks/<id of the source>`. Only a
 * source that can verify deliveries has one: without a secret it is not mounted.
 *
 * @public
 */
export interface SourceWebhook {
  /**
   * Whether the tool sent it: in constant time, by the bytes as they came.
   * `hmacVerifier`, `bearerVerifier` and `basicVerifier` make one.
   */
  verify(delivery: WebhookDelivery): boolean;
  /**
   * `record`: the delivery is what is observed, and `read` makes observations of
   * it. `hint`: something has changed, and the source is read soon.
   */
  kind: 'record' | 'hint';
  /** Bytes; 1 MiB by default. */
  maxBytes?: number;
  /**
   * Reads a verified delivery, any number of times alike.
   *
   * @throws SourceError where it is not what the tool sends: it is then set aside
   */
  read?(delivery: WebhookDelivery): WebhookRecords;
}
