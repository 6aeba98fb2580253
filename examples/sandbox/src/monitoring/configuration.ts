import { instance, job } from './families';

/** Configuration of Prometheus; a world that stands still is not scraped. */
export function prometheusConfiguration(options: {
  /** Host and port of the sandbox. */
  target: string;
  /** Host and port of Alertmanager. */
  alertmanager: string;
  rules: string;
  isLive: boolean;
}): object {
  const { target, alertmanager, rules, isLive } = options;
  return {
    global: { scrape_interval: '15s', evaluation_interval: '15s' },
    ...(isLive && {
      rule_files: [rules],
      alerting: {
        alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }],
      },
      scrape_configs: [
        {
          job_name: job,
          static_configs: [{ targets: [target], labels: { instance } }],
        },
      ],
    }),
  };
}

/** Configuration of Alertmanager: everything to the portal, as soon as may be. */
export function alertmanagerConfiguration(options: {
  webhook?: { url: string; tokenFile: string };
}): object {
  const { webhook } = options;
  return {
    route: {
      receiver: 'portal',
      group_by: ['alertname', 'service', 'environment'],
      group_wait: '2s',
      group_interval: '10s',
      repeat_interval: '4h',
    },
    inhibit_rules: [
      {
        source_matchers: ['severity="page"', 'alertname="ErrorBudgetBurn"'],
        target_matchers: ['severity="ticket"'],
        equal: ['alertname', 'service', 'environment'],
      },
    ],
    receivers: [
      {
        name: 'portal',
        ...(webhook && {
          webhook_configs: [
            {
              url: webhook.url,
              send_resolved: true,
              http_config: {
                authorization: {
                  type: 'Bearer',
                  credentials_file: webhook.tokenFile,
                },
              },
            },
          ],
        }),
      },
    ],
  };
}
