import type { ChangeKind } from './change';

/**
 * What a change is of, by what it touches: the code where an application's
 * repository is touched, else the desired version where one moved (whatever
 * else moved with it), else the configuration.
 *
 * @public
 */
export function changeKindOf(
  touches: { subjectKind: string; versionMoved: boolean; fields: number }[],
): ChangeKind {
  if (touches.some(touch => touch.versionMoved)) {
    return 'version';
  }
  if (touches.some(touch => touch.fields > 0)) {
    return 'configuration';
  }
  return touches.length > 0 &&
    touches.every(touch => touch.subjectKind === 'service')
    ? 'event'
    : 'code';
}
