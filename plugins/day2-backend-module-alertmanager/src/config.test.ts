import { ConfigReader } from '@backstage/config';
import type { JsonObject, JsonValue } from '@backstage/types';
import { isBrokenEntry } from '@day2/backstage-plugin-day2-node';
import { readAlertmanagerConfig } from './config';

const url = 'https://alertmanager.tern.example';

function read(instances: JsonValue) {
  return readAlertmanagerConfig(
    new ConfigReader({ day2: { alertmanager: { instances } } }),
  );
}

describe('readAlertmanagerConfig', () => {
  it('is nothing where nothing is configured', () => {
    expect(readAlertmanagerConfig(new ConfigReader({}))).toEqual([]);
    expect(readAlertmanagerConfig(new ConfigReader({ day2: 1 }))).toEqual([]);
  });

  it('takes the least there can be', () => {
    expect(read([{ name: 'eu', url: `${url}/am/api/v2/` }])).toEqual([
      {
        name: 'eu',
        url: `${url}/am`,
        frontendUrl: `${url}/am`,
        headers: {},
        webhook: undefined,
        everySeconds: 60,
        labels: [],
        environments: [],
      },
    ]);
  });

  it('takes credentials of both directions, the former ones too', () => {
    expect(
      read([
        {
          name: 'a',
          url,
          token: 'reads',
          headers: { 'X-Scope-OrgID': 'tern' },
          webhook: { token: 'new', formerToken: 'old' },
        },
        {
          name: 'b',
          url,
          username: 'ana',
          password: 'pass',
          webhook: { username: 'am', password: 'new', formerPassword: 'old' },
        },
      ]),
    ).toMatchObject([
      {
        headers: { authorization: 'Bearer reads', 'x-scope-orgid': 'tern' },
        webhook: { tokens: ['new', 'old'] },
      },
      {
        headers: { authorization: 'Basic YW5hOnBhc3M=' },
        webhook: {
          users: [
            { username: 'am', password: 'new' },
            { username: 'am', password: 'old' },
          ],
        },
      },
    ]);
  });

  it.each<[string, JsonObject, RegExp]>([
    ['no name', { url }, /name/],
    ['an odd name', { name: 'a b', url }, /\.name: use letters/],
    ['no url', { name: 'a' }, /url/],
    ['another protocol', { name: 'a', url: 'ftp://x' }, /http or https/],
    ['credentials in it', { name: 'a', url: 'http://u:p@x' }, /no credentials/],
    ['half a password', { name: 'a', url, username: 'u' }, /both/],
    [
      'token and user',
      { name: 'a', url, token: 't', username: 'u', password: 'p' },
      /one of them/,
    ],
    ['an empty token', { name: 'a', url, token: ' ' }, /token/],
    [
      'two authorizations',
      { name: 'a', url, token: 't', headers: { Authorization: 'x' } },
      /beside a token/,
    ],
    [
      'a header of ours',
      { name: 'a', url, headers: { Host: 'x' } },
      /cannot be set/,
    ],
    ['an empty webhook', { name: 'a', url, webhook: {} }, /give a token/],
    [
      'a webhook of both',
      { name: 'a', url, webhook: { token: 't', password: 'p' } },
      /one of them/,
    ],
    [
      'a blank in its token',
      { name: 'a', url, webhook: { token: 'a b' } },
      /webhook\.token/,
    ],
    [
      'a user without password',
      { name: 'a', url, webhook: { username: 'u' } },
      /give a token/,
    ],
    ['too often', { name: 'a', url, every: '1s' }, /at least 5 seconds/],
    [
      'a broken pattern',
      { name: 'a', url, environments: [{ labels: { env: '(' } }] },
      /regular expression/,
    ],
    [
      'a rule without labels',
      { name: 'a', url, environments: [{ environment: 'x' }] },
      /labels: is missing/,
    ],
    [
      'a rule that says nothing',
      { name: 'a', url, environments: [{ labels: { env: 'x' } }] },
      /says nothing/,
    ],
    [
      'a group that is not there',
      {
        name: 'a',
        url,
        environments: [{ labels: { env: 'x' }, environment: '{{y}}' }],
      },
      /named group/,
    ],
  ])('%s: says which key and what to do', (_, instance, problem) => {
    const [broken, other] = read([instance, { name: 'fine', url }]);
    expect(isBrokenEntry(broken) && broken.problem).toMatch(problem);
    expect(isBrokenEntry(other)).toBe(false);
  });

  it('a name that is used twice, and what is no list, hide nothing', () => {
    expect(
      read([
        { name: 'a', url },
        { name: 'a', url },
      ]),
    ).toMatchObject([
      { name: 'a', url },
      { name: 'a-again', problem: expect.stringContaining('twice') },
    ]);
    expect(read({ name: 'a' })).toMatchObject([
      { problem: expect.stringContaining('must be a list') },
    ]);
    expect(read(['a'])).toMatchObject([
      { problem: expect.stringContaining('no entry') },
    ]);
  });
});
