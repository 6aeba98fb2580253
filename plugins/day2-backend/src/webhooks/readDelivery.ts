import {
  isSourceError,
  type SourceWebhook,
  type WebhookDelivery,
  type WebhookRecords,
} from '@day2/backstage-plugin-day2-node';

/** What a delivery says, or why it cannot be read. */
export function readDelivery(
  webhook: SourceWebhook,
  delivery: WebhookDelivery,
): WebhookRecords | { unreadable: string } {
  if (!webhook.read) {
    return { unreadable: 'the source takes deliveries, but cannot read them' };
  }
  try {
    return webhook.read(delivery);
  } catch (error) {
    // Others may hold pieces of the body, which is kept beside this with its secrets removed.
    return {
      unreadable: isSourceError(error)
        ? error.message
        : 'the source failed at reading it; this is a mistake in the connector',
    };
  }
}
