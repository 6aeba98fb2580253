import { SourceError } from '@day2/backstage-plugin-day2-node';
import { parseImage, versionOfImage } from '../desired/image';
import { findPlace, type PlacePattern } from '../desired/place';
import type { Workload } from '../desired/model';
import { matchWithin } from './matchWithin';

/**
 * A configured way to find versions in any file, as Renovate's custom managers
 * have it.
 */
export interface VersionPattern {
  /** Over the file's path. */
  files: RegExp;
  /** Over its text, global; named group `version`, perhaps application, image, environment, target. */
  match: RegExp;
  /** Texts with `{{group}}`. */
  application?: string;
  image?: string;
  environment?: string;
  target?: string;
}

const maxMatches = 500;
const matchLimitMs = 1_000;

/**
 * What a configured pattern finds in a file.
 *
 * @throws SourceError where it tries for longer than a second, or too deep
 */
export function readPattern(options: {
  pattern: VersionPattern;
  text: string;
  file: string;
  places: PlacePattern[];
}): Workload[] {
  const { pattern, text, file } = options;
  const fileGroups = pattern.files.exec(file)?.groups ?? {};
  const place = findPlace(file, options.places);
  const found: Workload[] = [];
  const matches = matchWithin({
    pattern: pattern.match,
    text,
    most: maxMatches,
    limitMs: matchLimitMs,
  });
  if (typeof matches === 'string') {
    throw new SourceError({
      code: 'misconfigured',
      message: `The pattern ${pattern.match.source.slice(0, 200)} ${
        matches === 'too long' ? 'took longer than a second' : 'went too deep'
      } on the file ${file} and was stopped.`,
      fix: 'Make day2.git.repositories[].patterns[].match try less: no repetition within a repetition, as in (a+)+, and anchors at both ends.',
    });
  }
  const fields = matches.length > 0 ? readLines(text) : [];
  let line = 1;
  let from = 0;
  for (const match of matches) {
    line += countLines(text, from, match.index);
    from = match.index;
    const groups = { ...fileGroups, ...clean(match.groups) };
    const version = groups.version;
    if (!version) {
      continue;
    }
    const imageText = fill(pattern.image, groups) ?? groups.image;
    const repository = imageText && parseImage(imageText).repository;
    const application =
      fill(pattern.application, groups) ??
      groups.application ??
      place.application;
    const name =
      application ?? (repository && repository.split('/').pop()) ?? file;
    const end = line + countLines(match.text, 0, match.text.length);
    found.push({
      kind: 'pattern',
      name,
      labels: {},
      version: versionOfImage({
        repository,
        ...(version.startsWith('sha256:')
          ? { digest: version }
          : { tag: version }),
      }),
      images: repository ? [repository] : [],
      imageNames: repository ? [repository] : [],
      file,
      versionFields: fieldsOfLines(fields, line, end).map(
        field => `${file}|undefined|${field}`,
      ),
      environment:
        fill(pattern.environment, groups) ??
        groups.environment ??
        place.environment,
      target: fill(pattern.target, groups) ?? groups.target ?? place.target,
    });
  }
  return found;
}

/** Lines of the form `key=value` or `key: value` as fields, for files that are no YAML. */
export function readLines(
  text: string,
): { field: string; value: string; line: number }[] {
  const fields: { field: string; value: string; line: number }[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const match =
      /^\s*(?:export\s+|-\s+)?["']?(?<key>[A-Za-z_][\w.-]*)["']?\s*[:=]/.exec(
        line,
      );
    if (match?.groups && fields.length < 5_000) {
      fields.push({
        field: match.groups.key,
        value: withoutEnd(line.slice(match[0].length).trimStart()).replace(
          /^(["'])(.*)\1$/,
          '$2',
        ),
        line: index + 1,
      });
    }
  }
  return fields;
}

/** Without spaces, commas and semicolons at the end; no expression does it in one pass. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s,;]/.test(text[end - 1])) {
    end -= 1;
  }
  return text.slice(0, end);
}

/** Fields of the lines from one to another, both included. */
function fieldsOfLines(
  fields: ReturnType<typeof readLines>,
  first: number,
  last: number,
): string[] {
  return fields
    .filter(field => field.line >= first && field.line <= last)
    .map(field => field.field);
}

function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; ) {
    count += 1;
    at = text.indexOf('\n', at + 1);
  }
  return count;
}

function fill(
  template: string | undefined,
  groups: Record<string, string>,
): string | undefined {
  return (
    template?.replace(
      /\{\{\s*(\w+)\s*\}\}/g,
      (_, name: string) => groups[name] ?? '',
    ) || undefined
  );
}

function clean(
  groups: Record<string, string | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(groups).filter((entry): entry is [string, string] =>
      Boolean(entry[1]),
    ),
  );
}
