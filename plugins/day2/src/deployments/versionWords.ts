/** `2.40.3 → 2.41.0`, or the version alone where none came before. */
export function versionWords(deployment: {
  version: string;
  previousVersion?: string;
}): string {
  const { version, previousVersion } = deployment;
  return previousVersion === undefined
    ? version
    : `${previousVersion} → ${version}`;
}
