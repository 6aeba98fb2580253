import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { isBrokenEntry } from '@day2/backstage-plugin-day2-node';
import { readArgocdConfig } from './config';

function read(...instances: JsonObject[]) {
  return readArgocdConfig(
    new ConfigReader({ day2: { argocd: { instances } } }),
  );
}

const good = { name: 'eu', url: 'https://argocd.tern.example/', token: 't' };

describe('readArgocdConfig', () => {
  it('has defaults', () => {
    expect(readArgocdConfig(new ConfigReader({}))).toEqual([]);
    expect(read(good)).toEqual([
      {
        name: 'eu',
        url: 'https://argocd.tern.example',
        frontendUrl: 'https://argocd.tern.example',
        credentials: { token: 't' },
        everySeconds: 60,
        projects: [],
        selector: undefined,
        environments: [],
      },
    ]);
  });

  it.each<[string, JsonObject, string]>([
    ['a name', { name: '../x' }, 'instances[0].name'],
    ['a url', { url: 'argocd.tern.example' }, 'instances[0].url'],
    ['a scheme', { url: 'ftp://host' }, 'instances[0].url'],
    ['a url with a password', { url: 'https://me:x@host' }, '[0].url'],
    ['a frontend', { frontendUrl: 'x' }, 'instances[0].frontendUrl'],
    ['a token', { token: 'a b' }, 'instances[0].token'],
    ['no credential', { token: undefined }, 'instances[0].token'],
    ['half a credential', { token: undefined, username: 'me' }, '[0]: give'],
    ['an interval', { every: { seconds: 1 } }, 'instances[0].every'],
    ['a pattern', { environments: [{ namespace: '(' }] }, '[0].namespace'],
    [
      'a rule that says nothing',
      { environments: [{ application: '^x$' }] },
      'environments[0]: says nothing',
    ],
    [
      'a group that is not there',
      { environments: [{ application: '(?<a>x)', target: '{{b}}' }] },
      'environments[0].target',
    ],
    [
      'a label’s pattern',
      { environments: [{ labels: { 'tern.example/stage': '(' } }] },
      'environments[0].labels[tern.example/stage]',
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
      { ...good, url: 'x' },
      { ...good, name: 'us' },
      { ...good, name: 'us' },
    );
    expect(entries.map(isBrokenEntry)).toEqual([true, false, true]);
    expect(new Set(entries.map(({ name }) => name)).size).toBe(3);
  });

  it.each<[string, JsonObject, string[]]>([
    [
      'an empty item',
      { day2: { argocd: { instances: [null, good, 'x'] } } },
      ['day2.argocd.instances[0]: is no entry', 'eu', 'instances[2]: is no'],
    ],
    [
      'no list',
      { day2: { argocd: { instances: good } } },
      ['day2.argocd.instances: must be a list'],
    ],
    [
      'an empty list beside theirs',
      { day2: { argocd: { instances: [] } }, argocd: 'x' },
      [],
    ],
    [
      'an item that is no object',
      {
        argocd: { appLocatorMethods: ['config', { instances: [good] }] },
      },
      ['argocd.appLocatorMethods[0]: is no entry', 'eu'],
    ],
    [
      'instances that are no list',
      {
        argocd: {
          appLocatorMethods: [{ instances: good }, { instances: [good] }],
        },
      },
      ['argocd.appLocatorMethods[0].instances: must be a list', 'eu'],
    ],
    ['nothing that is ours', { argocd: 'x', day2: { argocd: 'y' } }, []],
    [
      'a token that is a number',
      { day2: { argocd: { instances: [{ ...good, token: 12 }] } } },
      ["'day2.argocd.instances[0].token'"],
    ],
  ])('does not keep the portal from starting: %s', (_, data, expected) => {
    const entries = readArgocdConfig(new ConfigReader(data));
    expect(
      entries.map(entry => (isBrokenEntry(entry) ? entry.problem : entry.name)),
    ).toEqual(expected.map(text => expect.stringContaining(text)));
  });

  it('gives broken ones names that no other has', () => {
    const entries = read(
      { ...good, name: 'instance-2' },
      JSON.parse('null'),
      { ...good, name: 'a' },
      { ...good, name: 'a-5' },
      { ...good, name: 'a' },
    );
    expect(new Set(entries.map(({ name }) => name)).size).toBe(5);
    expect(entries.map(isBrokenEntry)).toEqual([
      false,
      true,
      false,
      false,
      true,
    ]);
  });

  it('reads what other plugins have, with shared credentials, only where ours is absent', () => {
    const theirs = {
      username: 'admin',
      password: 'p',
      appLocatorMethods: [
        {
          type: 'config',
          instances: [
            { name: 'main', url: 'https://a.example' },
            {
              name: 'own',
              url: 'https://b.example',
              frontendUrl: 'https://c.example',
              token: 't',
            },
          ],
        },
      ],
    };
    expect(
      readArgocdConfig(new ConfigReader({ argocd: theirs })),
    ).toMatchObject([
      { name: 'main', credentials: { username: 'admin', password: 'p' } },
      {
        name: 'own',
        credentials: { token: 't' },
        frontendUrl: 'https://c.example',
      },
    ]);
    const [broken] = readArgocdConfig(
      new ConfigReader({
        argocd: {
          appLocatorMethods: [{ instances: [{ name: 'x', url: 'y' }] }],
        },
      }),
    );
    expect(isBrokenEntry(broken) && broken.problem).toContain(
      'argocd.appLocatorMethods[0].instances[0].url',
    );
    expect(
      readArgocdConfig(
        new ConfigReader({
          argocd: theirs,
          day2: { argocd: { instances: [good] } },
        }),
      ),
    ).toMatchObject([{ name: 'eu' }]);
  });
});
