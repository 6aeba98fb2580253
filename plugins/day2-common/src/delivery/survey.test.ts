import {
  betterThanAtLeast,
  groupBetterThanAtLeast,
  type SurveyedMetric,
} from './survey';

const HOUR = 3600;
const DAY = 24 * HOUR;

describe('betterThanAtLeast', () => {
  it.each<[SurveyedMetric, string, number, number]>([
    // 100 − 16.2; then 21.9 + 31.5 + 20.3 + 3.6; and so on down to nothing.
    ['deploymentFrequency', 'each half hour', 48, 83.8],
    ['deploymentFrequency', 'three times a day', 3, 77.3],
    ['deploymentFrequency', 'daily', 1, 77.3],
    ['deploymentFrequency', 'just below daily', 0.99, 55.4],
    ['deploymentFrequency', 'weekly', 1 / 7, 55.4],
    ['deploymentFrequency', 'each ten days', 0.1, 23.9],
    ['deploymentFrequency', 'each 90 days', 1 / 90, 3.6],
    ['deploymentFrequency', 'once a year', 1 / 365, 0],
    ['deploymentFrequency', 'never', 0, 0],
    ['changeLeadTime', 'half an hour', HOUR / 2, 90.4],
    ['changeLeadTime', 'an hour', HOUR, 75.4],
    ['changeLeadTime', 'a day', DAY, 43.5],
    ['changeLeadTime', 'a week', 7 * DAY, 15.2],
    ['changeLeadTime', '40 days', 40 * DAY, 2],
    ['changeLeadTime', 'a year', 365 * DAY, 0],
    ['failedDeploymentRecoveryTime', '59 minutes', 59 * 60, 78.6],
    ['failedDeploymentRecoveryTime', '23 h', 23 * HOUR, 43.3],
    ['failedDeploymentRecoveryTime', '2 days', 2 * DAY, 15.3],
    ['failedDeploymentRecoveryTime', '20 days', 20 * DAY, 5.9],
    ['failedDeploymentRecoveryTime', '100 days', 100 * DAY, 1],
  ])('%s %s', (metric, _, value, expected) => {
    expect(betterThanAtLeast({ metric, value })).toBe(expected);
  });
});

it.each([
  ['the median of three', [3, 0.1, 0.5], 55.4],
  ['the mean of the middle two of four', [3, 0.1, 0.5, 1.9], 77.3],
  ['those without a value are left out', [3, undefined, 0.1, 0.5], 55.4],
  ['nothing of two', [3, undefined, 0.1], undefined],
  ['nothing of none', [], undefined],
])('a group stands where its services do: %s', (_, values, expected) => {
  const metric = 'deploymentFrequency';
  expect(groupBetterThanAtLeast({ metric, values })).toBe(expected);
});
