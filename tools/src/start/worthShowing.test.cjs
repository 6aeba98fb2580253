const assert = require('node:assert/strict');
const { test } = require('node:test');
const { worthShowing, withoutColour } = require('./worthShowing.cjs');

const at = '\u001b[2m2026-11-21T10:39:13.425Z\u001b[22m';
const line = (plugin, level, text) =>
  `${at} \u001b[34m${plugin}\u001b[39m \u001b[32m${level}\u001b[39m ${text}`;

for (const [what, shown, text] of [
  [
    'a request',
    false,
    line('rootHttpRouter', 'info', '"GET /api HTTP/1.1" 200'),
  ],
  ['another plugin’s routine', false, line('search', 'info', 'Collating')],
  ['a warning of any plugin', true, line('catalog', 'warn', 'File is missing')],
  ['an error of any plugin', true, line('auth', 'error', 'Failed')],
  ['what Day 2 says', true, line('day2', 'info', 'History was rewritten')],
  [
    'an entry of the audit log',
    false,
    line(
      'day2',
      'info',
      'day2.create-event \u001b[36misAuditEvent\u001b[39m=true',
    ),
  ],
  ['a schedule', false, line('day2', 'info', 'Registered scheduled task: x')],
  ['the compiler', true, 'ERROR in ./src/index.tsx'],
  ['the development server’s greeting', false, '<i> [webpack-dev-server] x'],
]) {
  test(`${what} is ${shown ? 'shown' : 'only in the file'}`, () => {
    assert.equal(worthShowing()(text), shown);
  });
}

test('what is indented below a line goes where the line goes', () => {
  const show = worthShowing();
  const lines = [
    line('auth', 'error', 'Failed'),
    '    at start (auth.ts:1)',
    line('search', 'info', 'Collating {'),
    '  documents: 12',
    'Rspack compiled successfully',
  ];
  assert.deepEqual(lines.map(show), [true, true, false, false, true]);
});

test('the file has no colours', () => {
  assert.equal(
    withoutColour(line('day2', 'info', 'Read')),
    '2026-11-21T10:39:13.425Z day2 info Read',
  );
});
