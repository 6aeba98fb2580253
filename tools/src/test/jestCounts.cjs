/** Takes the counts out of what `jest --json` writes. */
function jestCounts(report) {
  const skipped = [];
  const failures = [];
  for (const suite of report.testResults) {
    if (suite.assertionResults.length === 0 && suite.status === 'failed') {
      failures.push(`${suite.name} did not run`);
    }
    for (const test of suite.assertionResults) {
      if (test.status === 'failed') {
        failures.push(test.fullName);
      } else if (test.status !== 'passed') {
        // pending, skipped, todo, disabled
        skipped.push(test.fullName);
      }
    }
  }
  return {
    passed: report.numPassedTests,
    // A suite that cannot even be loaded has no tests to count: it is one failure.
    failed: report.numFailedTests + (report.numRuntimeErrorTestSuites ?? 0),
    skipped,
    failures,
  };
}

module.exports = { jestCounts };
