import { read } from '../__testUtils__/read';
import { cleanMessage, healthWord } from './words';

it.each(['constructor', '__proto__', 'toString', 'healthy', '', undefined])(
  'health %s is unknown',
  status => {
    expect(healthWord(status)).toBe('unknown');
  },
);

it('an operation in a phase that no operation has is none', () => {
  const { state } = read(app => {
    app.status.operationState.phase = 'toString';
  });
  expect(state.operation).toBeUndefined();
});

it.each([
  ['fatal: https://bot:p@ss@h.example/x', 'fatal: https://h.example/x'],
  ['fatal: https://bot:pa/ss@h.example/x', 'fatal: https://h.example/x'],
  ['https://h.example:8443/@scope/x', 'https://h.example:8443/@scope/x'],
  [
    'see https://h.example or me@h.example',
    'see https://h.example or me@h.example',
  ],
])('takes credentials out of %s', (text, expected) => {
  expect(cleanMessage(text)).toBe(expected);
});
