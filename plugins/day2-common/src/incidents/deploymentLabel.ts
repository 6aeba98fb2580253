/**
 * A deployment in words: its service and its versions; of a version that begins
 * with the service's name the version alone.
 *
 * @param options - `service`: its title, as people know it
 *
 * @public
 */
export function deploymentLabel(options: {
  service: string;
  versions: readonly string[];
}): string {
  const { service, versions } = options;
  const name = service.toLowerCase();
  const isNamed = (version: string) =>
    version.toLowerCase().startsWith(name) &&
    /^[-_/@:.+ ]/.test(version.slice(name.length));
  const told = versions.join(', ');
  return versions.length > 0 && versions.every(isNamed)
    ? told
    : `${service} ${told}`.trim();
}
