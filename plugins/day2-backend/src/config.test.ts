import { ConfigReader } from '@backstage/config';
import { readDay2Config } from './config';

const read = (day2?: object) =>
  readDay2Config(
    new ConfigReader({
      backend: { baseUrl: 'https://portal.example' },
      ...(day2 ? { day2 } : {}),
    } as never),
  );

describe('readDay2Config', () => {
  it('has a meaning where nothing is said', () => {
    const config = read();
    expect(config.serviceKinds).toEqual(['component']);
    expect(config.environments.map(e => [e.name, e.tier])).toEqual([
      ['production', 'production'],
      ['staging', 'staging'],
      ['testing', 'testing'],
      ['development', 'development'],
    ]);
    expect(config.apiBaseUrl).toBe('https://portal.example/api/day2');
  });

  it('reads environments and kinds', () => {
    expect(
      read({
        environments: [
          { name: 'live', tier: 'production', match: ['prod-*'] },
          { name: 'lab', tier: 'unknown', targets: ['eu-1'] },
        ],
        services: { kinds: ['Component', 'resource'] },
      }),
    ).toMatchObject({
      environments: [
        { name: 'live', tier: 'production', match: ['prod-*'] },
        { name: 'lab', tier: 'unknown', match: [], targets: ['eu-1'] },
      ],
      serviceKinds: ['component', 'resource'],
    });
  });

  it.each([
    [
      { environments: [{ tier: 'production' }] },
      /day2\.environments\[0\]\.name/,
    ],
    [
      { environments: [{ name: 'a', tier: 'prod' }] },
      /day2\.environments\[0\]\.tier in app-config must be one of production/,
    ],
    [
      {
        environments: [
          { name: 'a', tier: 'staging' },
          { name: 'A', tier: 'staging' },
        ],
      },
      /day2\.environments\[1\]\.name in app-config repeats A/,
    ],
    [
      { environments: [{ name: 'a', tier: 'staging', match: 'a-*' }] },
      /day2\.environments\[0\]\.match in app-config must be a list/,
    ],
    [{ services: { kinds: [] } }, /day2\.services\.kinds/],
    [{ services: { kinds: ['a b'] } }, /day2\.services\.kinds/],
  ])('names key and fix of %j', (day2, message) => {
    expect(() => read(day2)).toThrow(message);
  });
});
