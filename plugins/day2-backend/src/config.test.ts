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
    [undefined, 400, 0],
    [800, 800, 0],
    [399, 400, 1],
    [3_651, 400, 1],
    [400.5, 400, 1],
    ['500', 400, 1],
  ])('keeps slots of objectives %p days: %p', (keepDays, days, wrong) => {
    const { objectives, problems } = read({
      objectives: keepDays === undefined ? {} : { keepDays },
    });
    expect(objectives).toEqual({ keepDays: days });
    expect(problems).toHaveLength(wrong);
  });

  it('finds nothing wrong where nothing is', () => {
    expect(read().problems).toEqual([]);
    expect(read({ git: { repositories: [] } }).problems).toEqual([]);
  });

  it.each([
    [[{ tier: 'production' }], ['day2.environments[1].name']],
    [[{ name: 7, tier: 'production' }], ['day2.environments[1].name']],
    [[{ name: 'a\u0007', tier: 'staging' }], ['day2.environments[1].name']],
    [[{ name: 'b', tier: 'prod' }], ['day2.environments[1].tier']],
    [['production'], ['day2.environments[1]']],
    [[null], ['day2.environments[1]']],
    [[['a']], ['day2.environments[1]']],
    [[{ name: 'LAB', tier: 'staging' }], ['day2.environments[1].name']],
    [
      [7, { name: 'b', tier: 'x' }],
      ['day2.environments[1]', 'day2.environments[2].tier'],
    ],
  ])('leaves out %j alone, and names key and fix', (entries, keys) => {
    const good = [
      { name: 'lab', tier: 'testing', match: [], targets: undefined },
    ];
    const last = { name: 'live', tier: 'production', match: ['prod-*'] };
    const config = read({
      environments: [{ name: 'lab', tier: 'testing' }, ...entries, last],
    });
    expect(config.environments).toEqual([
      ...good,
      { ...last, targets: undefined },
    ]);
    expect(config.problems).toEqual(
      keys.map(key =>
        expect.stringMatching(
          new RegExp(
            `^${key.replace(
              /[[\].]/g,
              '\\$&',
            )} in app-config (must be|repeats).*left out until then$`,
            'i',
          ),
        ),
      ),
    );
  });

  it('keeps an entry of which a pattern is wrong, without that', () => {
    const { environments, problems } = read({
      environments: [
        { name: 'a', tier: 'staging', match: ['a-*', 7, ''], targets: 'eu' },
      ],
    });
    expect(environments).toEqual([
      { name: 'a', tier: 'staging', match: ['a-*'], targets: undefined },
    ]);
    expect(problems.map(problem => problem.split(' ')[0])).toEqual([
      'day2.environments[0].match[1]',
      'day2.environments[0].match[2]',
      'day2.environments[0].targets',
    ]);
  });

  it('says keys that mean nothing', () => {
    const { problems } = read({
      environments: [{ name: 'a', tier: 'staging', matches: ['a-*'] }],
      services: { kind: ['api'] },
    });
    expect(problems).toEqual([
      'day2.services.kind in app-config means nothing here; what is read is kinds',
      'day2.environments[0].matches in app-config means nothing here; what is read is name, tier, match, targets',
    ]);
  });

  it.each([
    ['text', 'day2 in app-config must hold'],
    [{ environments: { production: {} } }, 'day2.environments in app-config'],
    [{ services: ['component'] }, 'day2.services in app-config must hold'],
    [{ services: { kinds: [] } }, 'day2.services.kinds in app-config must be'],
    [{ services: { kinds: ['a b'] } }, 'day2.services.kinds in app-config'],
    [{ services: { kinds: 'api' } }, 'day2.services.kinds in app-config'],
  ])('goes on with what is usual where it says %j', (day2, said) => {
    const config = read(day2 as object);
    expect(config.problems).toEqual([expect.stringContaining(said)]);
    expect(config.serviceKinds).toEqual(['component']);
    expect(config.environments).toHaveLength(4);
  });

  it('keeps the kinds that are right', () => {
    const config = read({ services: { kinds: ['API', 7] } });
    expect(config.serviceKinds).toEqual(['api']);
    expect(config.problems).toHaveLength(1);
  });
});
