import type { Version } from '../desired/model';

/** What a version says about the application's commit. */
export interface FoundRevision {
  sha?: string;
  tag?: string;
  /** How it was found, in words. */
  found: string;
}

/** A configured way to find the commit in a version: named group `sha` or `tag`. */
export interface RevisionPattern {
  match: RegExp;
}

const moving =
  /^(latest|main|master|develop|trunk|edge|nightly|stable|current|dev|staging|production|prod|test|head)$/i;

/**
 * The application's commit that a version names: by a configured pattern, as a
 * full SHA, as a short one (the whole tag, or its last or first part), else as
 * a Git tag of that name. Whether there is such a commit or tag is known only
 * in the application's repository.
 */
export function findRevision(options: {
  version: Version;
  patterns: RevisionPattern[];
}): FoundRevision | undefined {
  const text = options.version.image?.tag ?? options.version.name;
  for (const { match } of options.patterns) {
    const groups = match.exec(text)?.groups;
    if (groups?.sha || groups?.tag) {
      return {
        ...(groups.sha ? { sha: groups.sha.toLowerCase() } : {}),
        ...(groups.tag ? { tag: groups.tag } : {}),
        found: `the configured pattern found it in ${text}`,
      };
    }
  }
  if (/^[a-z0-9]+:[0-9a-f]{32,}$/i.test(text)) {
    return undefined;
  }
  const full = /(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])/i.exec(text)?.[0];
  if (full) {
    return {
      sha: full.toLowerCase(),
      found:
        full === text
          ? 'the version is a full commit SHA'
          : `the version ${text} holds a full commit SHA`,
    };
  }
  const short = findShort(text);
  const tag = moving.test(text) ? undefined : text;
  if (short) {
    return {
      sha: short.sha,
      ...(tag && short.sha !== tag.toLowerCase() ? { tag } : {}),
      found: short.found,
    };
  }
  return tag ? { tag, found: `a Git tag named ${tag}` } : undefined;
}

function findShort(text: string): { sha: string; found: string } | undefined {
  const parts = text.split(/[-._+]/);
  if (parts.length === 1) {
    return isShort(text)
      ? { sha: text.toLowerCase(), found: 'the version is a short commit SHA' }
      : undefined;
  }
  const last = parts[parts.length - 1];
  const first = parts[0];
  // `git describe` writes g before the SHA; CI tools write sha-.
  const described = /^g(?<sha>[0-9a-f]{7,40})$/i.exec(last)?.groups?.sha;
  if (described) {
    return {
      sha: described.toLowerCase(),
      found: `the short SHA that git describe put at the end of ${text}`,
    };
  }
  if (/^(sha|git|commit)$/i.test(first) && /^[0-9a-f]{7,40}$/i.test(parts[1])) {
    return {
      sha: parts[1].toLowerCase(),
      found: `the short SHA after ${first} in ${text}`,
    };
  }
  const semantic = /^v?\d+\.\d+(\.\d+)?-/i.test(text);
  if (
    isShort(last) ||
    (semantic && parts.length > 2 && isDigitsOnlyShort(last))
  ) {
    return {
      sha: last.toLowerCase(),
      found: `the short SHA at the end of ${text}`,
    };
  }
  if (isShort(first)) {
    return {
      sha: first.toLowerCase(),
      found: `the short SHA at the start of ${text}`,
    };
  }
  // `main-6eaf9b6-1699`: branch, SHA, build number.
  const beforeNumber = parts[parts.length - 2];
  if (parts.length >= 3 && /^\d+$/.test(last) && isShort(beforeNumber)) {
    return {
      sha: beforeNumber.toLowerCase(),
      found: `the short SHA before the build number in ${text}`,
    };
  }
  return undefined;
}

/** Hexadecimal of 7 to 40 digits, with at least one letter and one digit: no date, no build number, no word. */
function isShort(part: string): boolean {
  return (
    /^[0-9a-f]{7,40}$/i.test(part) && /[a-f]/i.test(part) && /\d/.test(part)
  );
}

/** One short SHA in 27 has digits only. It is one after a semantic version, where it is no date and no time. */
function isDigitsOnlyShort(part: string): boolean {
  return (
    /^\d{7,12}$/.test(part) &&
    !/^(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])(\d{2}){0,2}$/.test(part) &&
    !/^1\d{9}$/.test(part)
  );
}
