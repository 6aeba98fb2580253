import { resolveEnvironment, type EnvironmentRule } from './resolveEnvironment';

const rules: EnvironmentRule[] = [
  {
    name: 'production',
    tier: 'production',
    match: ['prod*', 'live'],
    targets: ['eu-1', 'us-1'],
  },
  { name: 'staging', tier: 'staging', match: ['st*ging', '*-stage'] },
  { name: 'dev', tier: 'development', match: ['*'] },
];

describe('resolveEnvironment', () => {
  it.each([
    ['production', 'production'],
    ['PROD-eu', 'production'],
    ['prod', 'production'],
    ['live', 'production'],
    ['livestock', 'dev'],
    ['staging', 'staging'],
    ['stging', 'staging'],
    // The two halves of a pattern may not overlap.
    ['sting', 'dev'],
    ['eu-stage', 'staging'],
    ['anything', 'dev'],
    ['  Production ', 'production'],
  ])('%s is %s', (word, name) => {
    expect(resolveEnvironment({ word, rules }).name).toBe(name);
  });

  it('keeps an unknown word, whose tier is unknown', () => {
    expect(
      resolveEnvironment({ word: 'qa-7', rules: rules.slice(0, 2) }),
    ).toEqual({
      name: 'qa-7',
      tier: 'unknown',
    });
  });

  it('gives the tier and the targets of the rule', () => {
    expect(resolveEnvironment({ word: 'prod', rules })).toEqual({
      name: 'production',
      tier: 'production',
      targets: ['eu-1', 'us-1'],
    });
  });

  it('takes regular expression characters literally', () => {
    const dotted: EnvironmentRule[] = [
      { name: 'a', tier: 'testing', match: ['a.b'] },
    ];
    expect(resolveEnvironment({ word: 'axb', rules: dotted }).tier).toBe(
      'unknown',
    );
  });
});
