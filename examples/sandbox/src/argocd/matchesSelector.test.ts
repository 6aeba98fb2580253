import { matchesSelector } from './matchesSelector';

const labels = { team: 'payments', 'app.kubernetes.io/name': 'ledger' };

describe('matchesSelector', () => {
  it.each([
    ['team=payments', true],
    ['team==payments,app.kubernetes.io/name=ledger', true],
    ['team=payments, team!=payments', false],
    ['tier!=1', true],
    ['team in (shop, payments)', true],
    ['team notin (shop, payments),team', false],
    ['tier notin (1)', true],
    ['tier', false],
    ['!tier', true],
    ['team in (shop,logistics),app.kubernetes.io/name', false],
  ])('%s: %p', (selector, expected) => {
    expect(matchesSelector(labels, selector)).toBe(expected);
  });

  it('says what it cannot parse', () => {
    expect(() => matchesSelector(labels, 'team=a b')).toThrow(
      'unable to parse requirement: team=a b',
    );
  });
});
