import { withoutSecrets } from '../git/withoutSecrets';

const maxShown = 120;
const address =
  /^[a-z][a-z0-9+.-]*::?\/\/|^[a-z]+::|^(?:git|gh|oci):|^[^/\s]+@[^/\s]+:|^[a-z0-9-]+(?:\.[a-z0-9-]+)+[/:]|[?&](?:ref|version)=/i;
const exact = /^v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/i;
const tag = /^(?:[a-z][\w.-]*[-/])?v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/i;
const sha = /^(?:sha256:)?[0-9a-f]{40}(?:[0-9a-f]{24})?$/i;

/** Whether a reference that is no path in the repository is an address elsewhere. */
export function isAddress(reference: string): boolean {
  return address.test(reference);
}

/** Whether a version is one and no range of them. */
export function isExactVersion(version: string | undefined): boolean {
  return exact.test(version ?? '');
}

/**
 * Whether an address says which commit or version it means: what that holds
 * stays what it is. A branch, or nothing, may be another thing by now.
 */
export function isPinned(reference: string): boolean {
  const query = /[?&](?:ref|version)=(?<ref>[^&#]*)/.exec(reference);
  if (query) {
    return isFixed(query.groups!.ref.replace(/%2F/gi, '/'));
  }
  return reference
    .split(/[?#]/)[0]
    .split(/[/@]|:(?=v?\d)/)
    .some(part => isFixed(part));
}

/** An address or a path as people may see it, on one line. */
export function shown(reference: string): string {
  const text = withoutSecrets(reference)
    // What a query bears besides the revision may be a token.
    .replace(
      /\?.*$/s,
      query => /[?&]ref=[\w./-]+/.exec(query)?.[0].replace(/^&/, '?') ?? '',
    )
    .replace(/[\p{C}\s]+/gu, ' ');
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
}

function isFixed(revision: string): boolean {
  return sha.test(revision) || tag.test(revision);
}
