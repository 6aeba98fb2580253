import type { WebhookDelivery } from '../sources';

/**
 * Whether the tool sent a delivery. Never throws.
 *
 * @public
 */
export type WebhookVerifier = (delivery: WebhookDelivery) => boolean;
