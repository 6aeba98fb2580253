import { newsOf } from './newsOf';
import type { Standing } from './Standing';

const standing: Standing = {
  kind: 'objective',
  recordId: 'o1',
  aliases: ['o1'],
  state: 'page',
  since: () => 0,
  serviceIds: ['a'],
  path: '/',
  parts: [],
  origins: [],
};

describe('what is news of a record', () => {
  it.each<[string | undefined, string, string, boolean]>([
    ['told', 'page', 'ok', true],
    ['told', 'page', 'no traffic', true],
    ['told', 'page', 'ticket', true],
    ['told', 'ok', 'page', true],
    // Silence ends nothing.
    ['told', 'page', 'unknown', false],
    ['told', 'page', 'page', false],
    ['told', 'ok', 'no traffic', false],
    ['told', 'open', 'mitigated', true],
    ['told', 'mitigated', 'resolved', true],
    ['told', 'mitigated', 'mitigated', false],
    ['before', 'ticket', 'page', true],
    ['before', 'page', 'ok', false],
    ['before', 'page', 'page', false],
    ['before', 'open', 'mitigated', false],
  ])('%s %p, now %p: %p', (which, was, state, isNews) => {
    const last = { state: was, serviceIds: ['a'] };
    const now = {
      ...standing,
      state,
      before: which === 'before' ? last : undefined,
    };
    expect(newsOf(now, which === 'told' ? last : undefined) !== undefined).toBe(
      isNews,
    );
  });

  it('is told to those who are hit later, and to all where it is more pressing', () => {
    const told = { state: 'page', priority: 3, serviceIds: ['a'] };
    const now = { ...standing, serviceIds: ['a', 'b'] };
    expect(newsOf({ ...now, priority: 3 }, told)).toEqual({
      to: 'page',
      serviceIds: ['b'],
    });
    expect(newsOf({ ...now, priority: 1 }, told)).toEqual({
      from: 'page',
      to: 'page',
      serviceIds: ['a', 'b'],
      roseFrom: 3,
    });
  });

  it('is news again after an end that was none', () => {
    const told = { state: 'page', serviceIds: ['a'] };
    const before = { state: 'ok', serviceIds: ['a'] };
    expect(newsOf({ ...standing, before }, told)).toEqual({
      from: 'ok',
      to: 'page',
      serviceIds: ['a'],
    });
  });

  it('tells the end to those who were told', () => {
    const told = { state: 'page', serviceIds: ['a'] };
    const now = { ...standing, state: 'ok', serviceIds: ['b'] };
    expect(newsOf(now, told)).toEqual({
      from: 'page',
      to: 'ok',
      serviceIds: ['a'],
    });
  });
});
