import type { ServiceSpec } from './ServiceSpec';

/** What CI calls the image it builds from that commit as that version. */
export function imageTag(options: {
  spec: ServiceSpec;
  semver: readonly [number, number, number];
  sha: string;
}): string {
  const { spec, semver, sha } = options;
  const version = semver.join('.');
  switch (spec.tagShape) {
    case 'semver-sha':
      return `v${version}-${sha.slice(0, 8)}`;
    case 'branch-sha':
      return `main-${sha.slice(0, 8)}`;
    case 'short-sha':
      return sha.slice(0, 7);
    case 'full-sha':
      return sha;
    case 'git-tag':
      return `v${version}`;
    case 'prefixed-git-tag':
      return `${spec.name}-v${version}`;
    default:
      return version;
  }
}
