import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { isBrokenEntry } from '@day2/backstage-plugin-day2-node';
import { readPagerdutyConfig } from './config';

function read(...accounts: JsonObject[]) {
  return readPagerdutyConfig(
    new ConfigReader({ day2: { pagerduty: { accounts } } }),
  );
}

const good = { name: 'main', token: 't' };
const DAY = 86_400_000;

describe('readPagerdutyConfig', () => {
  it('has defaults', () => {
    expect(readPagerdutyConfig(new ConfigReader({}))).toEqual([]);
    expect(read(good)).toEqual([
      {
        name: 'main',
        token: 't',
        apiUrl: 'https://api.pagerduty.com',
        everySeconds: 60,
        sinceMs: 90 * DAY,
        webhookSecrets: [],
        fields: {},
        environments: [],
      },
    ]);
  });

  it('reads all that can be said', () => {
    expect(
      read({
        ...good,
        apiUrl: 'https://api.eu.pagerduty.com/',
        every: '5m',
        since: { days: 365 },
        webhook: { secrets: ['one', 'two'] },
        fields: { cause: 'caused_by' },
        environments: [
          { service: '-(?<environment>prod|stage)$' },
          { environment: 'production' },
        ],
      }),
    ).toMatchObject([
      {
        apiUrl: 'https://api.eu.pagerduty.com',
        everySeconds: 300,
        sinceMs: 365 * DAY,
        webhookSecrets: ['one', 'two'],
        fields: { cause: 'caused_by' },
        environments: [{}, { environment: 'production' }],
      },
    ]);
  });

  it.each<[string, JsonObject, string]>([
    ['a name', { name: '../x' }, 'accounts[0].name'],
    ['no token', { token: undefined }, 'accounts[0].token'],
    ['a token', { token: 'a b' }, 'accounts[0].token'],
    ['an address', { apiUrl: 'api.pagerduty.com' }, 'accounts[0].apiUrl'],
    ['a password', { apiUrl: 'https://me:x@host' }, 'accounts[0].apiUrl'],
    ['an interval', { every: { seconds: 1 } }, 'accounts[0].every'],
    ['a past', { since: { minutes: 1 } }, 'accounts[0].since'],
    ['no secrets', { webhook: {} }, 'accounts[0].webhook.secrets'],
    ['an empty secret', { webhook: { secrets: [' '] } }, 'webhook.secrets'],
    ['a pattern', { environments: [{ title: '(' }] }, 'environments[0].title'],
    [
      'a rule that says nothing',
      { environments: [{ service: 'x' }] },
      'environments[0]: says nothing',
    ],
  ])('names the key of what is wrong with %s', (_, options, key) => {
    const [entry] = read(
      JSON.parse(JSON.stringify({ ...good, ...options })) as JsonObject,
    );
    expect(isBrokenEntry(entry) && entry.problem).toContain(key);
    expect(JSON.stringify(entry)).not.toContain('me:x');
  });

  it('keeps the others where one is broken, and two of one name apart', () => {
    const entries = read(
      { ...good, token: '' },
      { ...good, name: 'b' },
      { ...good, name: 'b' },
      JSON.parse('null'),
    );
    expect(entries.map(isBrokenEntry)).toEqual([true, false, true, true]);
    expect(new Set(entries.map(({ name }) => name)).size).toBe(4);
  });

  it.each<[string, JsonObject, unknown[]]>([
    [
      'a key',
      { apiToken: 't', apiBaseUrl: 'https://api.eu.pagerduty.com' },
      [{ name: 'default', apiUrl: 'https://api.eu.pagerduty.com', token: 't' }],
    ],
    [
      'accounts',
      {
        apiBaseUrl: 'https://api.eu.pagerduty.com',
        apiToken: 'unused',
        accounts: [
          { id: 'a', apiToken: 'ta', isDefault: true },
          { id: 'b', apiToken: 'tb', apiBaseUrl: 'https://api.pagerduty.com' },
        ],
      },
      [
        { name: 'a', apiUrl: 'https://api.eu.pagerduty.com', token: 'ta' },
        { name: 'b', apiUrl: 'https://api.pagerduty.com', token: 'tb' },
      ],
    ],
    [
      'an application of OAuth',
      { accounts: [{ id: 'a', oauth: { clientId: 'x', clientSecret: 'y' } }] },
      [
        {
          name: 'a',
          problem: expect.stringContaining('pagerDuty.accounts[0].oauth'),
        },
      ],
    ],
    ['nothing', { eventsBaseUrl: 'https://events.pagerduty.com' }, []],
    [
      'no list',
      { accounts: 'x' },
      [{ problem: expect.stringMatching('list') }],
    ],
  ])('reads what PagerDuty’s own plugin has: %s', (_, pagerDuty, expected) => {
    const entries = readPagerdutyConfig(new ConfigReader({ pagerDuty }));
    expect(entries).toMatchObject(expected as object[]);
    expect(entries).toHaveLength(expected.length);
    const both = { pagerDuty, day2: { pagerduty: { accounts: [good] } } };
    expect(readPagerdutyConfig(new ConfigReader(both))).toMatchObject([good]);
  });
});
