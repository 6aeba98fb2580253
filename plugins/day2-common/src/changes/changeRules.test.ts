import { changeKindOf } from './changeKindOf';
import { emergencyReasonsOf } from './emergencyReasonsOf';

const touch = (subjectKind: string, versionMoved = false, fields = 0) => ({
  subjectKind,
  versionMoved,
  fields,
});

it.each([
  ['version', [touch('application', true)]],
  ['version', [touch('application', true, 3)]],
  ['version', [touch('application', false, 3), touch('application', true)]],
  ['configuration', [touch('application', false, 1)]],
  ['code', [touch('repository')]],
  ['code', []],
  ['event', [touch('service')]],
])('a change is of kind %s', (kind, touches) => {
  expect(changeKindOf(touches)).toBe(kind);
});

it.each([
  [['hotfix', 'revert'] as const, ['hotfix']],
  [['emergency', 'hotfix', 'hotfix'] as const, ['hotfix', 'emergency']],
  [['rollback'] as const, ['rollback']],
  [['revert'] as const, []],
  [[] as const, []],
])('emergency reasons of %j are %j', (marks, codes) => {
  const reasons = emergencyReasonsOf(marks);
  expect(reasons.map(({ code }) => code)).toEqual(codes);
  expect(reasons.every(({ text }) => text.length > 10)).toBe(true);
});
