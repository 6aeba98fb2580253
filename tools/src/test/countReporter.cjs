const path = require('node:path');

/**
 * A reporter of node:test that writes one JSON object at the end: what passed,
 * failed and was skipped, in the shape the tally takes. Suites are not counted,
 * their tests are.
 */
module.exports = async function* countReporter(source) {
  const counts = { passed: 0, failed: 0, skipped: [], failures: [] };
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') {
      continue;
    }
    const name = data.file
      ? `${path.basename(data.file)}: ${data.name}`
      : data.name;
    const isFile = data.nesting === 0 && data.name === data.file;
    if (data.details?.type === 'suite' || (isFile && type === 'test:pass')) {
      // A suite fails because of its tests, or because of a hook of its own.
      if (type === 'test:fail' && hookFailed(data)) {
        counts.failed += 1;
        counts.failures.push(name);
      }
    } else if (data.skip !== undefined || data.todo !== undefined) {
      const why = typeof data.skip === 'string' ? ` (${data.skip})` : '';
      counts.skipped.push(`${name}${why}`);
    } else if (type === 'test:pass') {
      counts.passed += 1;
    } else {
      counts.failed += 1;
      counts.failures.push(name);
    }
  }
  yield JSON.stringify(counts);
};

function hookFailed(data) {
  return data.details?.error?.failureType !== 'subtestsFailed';
}
