import type {
  ApplicationState,
  RunningVersion,
} from '@day2/backstage-plugin-day2-common';

/** The version of the service that runs where an application is; undefined where none is known. */
export function versionAt(
  running: RunningVersion[],
  { environment, target }: Pick<ApplicationState, 'environment' | 'target'>,
): string | undefined {
  const there = running.find(each => each.environment === environment);
  if (!there || target === undefined || there.targets.length === 0) {
    return there?.version;
  }
  return there.targets.find(({ name }) => name === target)?.version;
}
