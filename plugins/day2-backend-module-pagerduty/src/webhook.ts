import {
  hmacVerifier,
  type SourceWebhook,
} from '@day2/backstage-plugin-day2-node';

/**
 * Takes PagerDuty's webhooks (v3): each says that something changed, and the
 * account is read soon. Undefined where no secret is configured.
 */
export function webhookOf(secrets: string[]): SourceWebhook | undefined {
  return secrets.length === 0
    ? undefined
    : {
        kind: 'hint',
        verify: hmacVerifier({
          header: 'x-pagerduty-signature',
          secrets,
          algorithm: 'sha256',
          encoding: 'hex',
          prefix: 'v1=',
        }),
      };
}
