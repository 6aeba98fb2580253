import type {
  DeploymentObservation,
  IncidentObservation,
} from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { component, people } from './people';
import { sourceOf, startHub } from './startHub';
import { until } from './until';

const MINUTE_MS = 60_000;
const HOUR = 60;
const began = Date.now() - 5 * HOUR * MINUTE_MS;
export const at = (minute: number) => began + minute * MINUTE_MS;
export const iso = (minute: number) => new Date(at(minute)).toISOString();

const payments = component('payments-api', 'payments', {
  'pagerduty.com/service-id': 'PAY, BOTH',
  'day2/runbook': 'https://wiki.example/payments',
});
const search = component('search-api', 'storefront', {
  'pagerduty.com/service-id': 'SEARCH, BOTH',
});

/** `pd 1 PAY 10-60`: source, key, service of the tool, open from and to. */
function told(line: string): IncidentObservation {
  const [source, key, service, open] = line.split(' ');
  const [from, to] = open.split('-').map(Number);
  return {
    kind: 'incident',
    key,
    version: 1,
    subject: {
      key: service,
      kind: 'incident-service',
      traits: { toolService: { tool: 'pagerduty', id: service } },
    },
    tool: source === 'am' ? 'alertmanager' : 'pagerduty',
    nature: source === 'am' ? 'alert' : 'incident',
    title: `${source} ${key} of ${service}`,
    words: [{ field: 'severity', word: 'critical' }],
    detectedAt: at(from),
    ...(to ? { resolvedAt: at(to) } : {}),
    runbook: `https://wiki.example/${service}`,
  };
}

/** Five minutes before `secret` opens. */
const release: DeploymentObservation = {
  kind: 'deployment',
  key: 'release',
  version: 1,
  subject: {
    key: 'payments',
    kind: 'service',
    traits: { entityRef: 'component:default/payments-api' },
  },
  environment: 'production',
  basis: 'provider',
  rollout: 'succeeded',
  versionName: 'v7',
  finishedAt: at(203),
};

/** Of references that an incident has, their keys. */
export function keysOf(incident: { references: { key: string }[] }): string[] {
  return incident.references.map(({ key }) => key);
}

/** A hub with four incidents of two tools, of two services that others own. */
export async function startIncidentHub(database: Knex) {
  const sources = (['am', 'pd'] as const).map(name =>
    sourceOf({
      id: name,
      kinds: ['incident', 'on-call', 'deployment'],
      async *pull() {
        const lines =
          name === 'am'
            ? ['am secret PAY 208', 'am other PAY 10-20', 'am late PAY 110-120']
            : ['pd 1 BOTH 210', 'pd 2 PAY 11-30', 'pd 3 SEARCH 60-70'];
        yield {
          observations: [
            ...lines.map(told),
            ...(name === 'pd' ? [release] : []),
            ...(name === 'pd'
              ? [1, 2].map(level => ({
                  kind: 'on-call' as const,
                  key: `call ${level}`,
                  version: 1,
                  subject: told('pd 1 BOTH 10').subject,
                  person: {
                    namespace: 'pagerduty',
                    key: `P${level}`,
                    name: `Person ${level}`,
                  },
                  level,
                  schedule: 'Payments',
                  until: level === 1 ? Date.now() + 1e6 : Date.now() - 1e6,
                }))
              : []),
          ],
          cursor: { done: true },
        };
      },
    }),
  );
  const hub = await startHub({
    database,
    entities: () => [payments, search],
    sources,
  });
  const get = async (path: string, as = people.owner) =>
    await hub.call('get', path, as);
  // Both sources are read, and all that they say is derived.
  let items: any[] = [];
  await until(async () => {
    items = (await get('/incidents', people.platform)).body.items;
    return items.length === 4;
  });
  return {
    ...hub,
    get,
    post: async (path: string, body: object, as = people.owner) =>
      await hub.call('post', path, as).send(body),
    one: async (incidentId: string, as = people.owner) =>
      (await get(`/incidents/${incidentId}`, as)).body,
    /** The keys of the references of each, newest first. */
    order: items.map(item => keysOf(item).join(' ')),
    /** Of incidents, by the keys of their references. */
    ids: Object.fromEntries(
      items.map(item => [keysOf(item).join(' '), item.id]),
    ) as Record<string, string>,
  };
}
