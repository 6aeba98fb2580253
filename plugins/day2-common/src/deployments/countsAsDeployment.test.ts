import { countsAsDeployment } from './countsAsDeployment';
import type { FinishBasis, Rollout } from './deployment';

it.each<[FinishBasis, Rollout, boolean, string]>([
  ['healthy', 'succeeded', true, 'rollout-succeeded'],
  ['event', 'succeeded', true, 'rollout-succeeded'],
  ['desired', 'succeeded', true, 'rollout-succeeded'],
  ['desired', 'unknown', true, 'desired-is-deployed'],
  ['synced', 'unknown', false, 'rollout-unknown'],
  ['event', 'unknown', false, 'rollout-unknown'],
  ['desired', 'failed', false, 'rollout-failed'],
  ['healthy', 'failed', false, 'rollout-failed'],
  ['provider', 'cancelled', false, 'rollout-cancelled'],
])('%s and %s: %s, %s', (basis, rollout, counts, code) => {
  const answer = countsAsDeployment({ basis, rollout });
  expect(answer.counts).toBe(counts);
  expect(answer.reason.code).toBe(code);
  expect(answer.reason.text).toMatch(/^[A-Z].+[^.]$/);
});
