/** Files of unit tests that take over ten seconds alone, the longest first. */
const LONGEST = [
  'examples/sandbox/src/monitoring/monitoring.test.ts',
  'plugins/day2-backend-module-git/src/kit.test.ts',
  'plugins/day2-backend/src/tests/kill.test.ts',
  'plugins/day2-backend/src/webhooks/webhooks.test.ts',
  'plugins/day2-backend-module-git/src/gitThroughHub.test.ts',
  'plugins/day2-backend-module-git/src/kill.test.ts',
  'plugins/day2-backend-module-prometheus/src/kit.test.ts',
  'plugins/day2-backend/src/metrics/metrics.test.ts',
  'examples/sandbox/src/sandbox/createSandbox.test.ts',
  'plugins/day2-backend/src/deployments/SequenceRests.test.ts',
  'plugins/day2-backend/src/webhooks/kill.test.ts',
  'plugins/day2/src/delivery/ScoreboardPage.test.tsx',
  'plugins/day2-backend-module-git/src/references.test.ts',
  'plugins/day2-backend-module-alertmanager/src/realAlertmanager.test.ts',
  'plugins/day2-backend-module-argocd/src/kit.test.ts',
  'plugins/day2-backend-module-pagerduty/src/kit.test.ts',
  'examples/sandbox/src/monitoring/fillHistory.test.ts',
  'plugins/day2-backend/src/tests/anyOrder.test.ts',
];

module.exports = { LONGEST };
