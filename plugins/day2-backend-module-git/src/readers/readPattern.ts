import { parseImage, versionOfImage } from '../desired/image';
import { findPlace, type PlacePattern } from '../desired/place';
import type { Workload } from '../desired/model';

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

/** What a configured pattern finds in a file. */
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
  for (const match of text.matchAll(pattern.match)) {
    const groups = { ...fileGroups, ...clean(match.groups ?? {}) };
    const version = groups.version;
    if (!version || found.length >= maxMatches) {
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
    const line = text.slice(0, match.index).split('\n').length;
    const lines = match[0].split('\n').length;
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
      versionFields: fieldsOfLines(text, line, lines).map(
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
    const groups =
      /^\s*(?:export\s+|-\s+)?["']?(?<key>[A-Za-z_][\w.-]*)["']?\s*[:=]\s*(?<value>.*?)[\s,;]*$/.exec(
        line,
      )?.groups;
    if (groups && fields.length < 5_000) {
      fields.push({
        field: groups.key,
        value: groups.value.replace(/^(["'])(.*)\1$/, '$2'),
        line: index + 1,
      });
    }
  }
  return fields;
}

function fieldsOfLines(text: string, line: number, lines: number): string[] {
  return readLines(text)
    .filter(field => field.line >= line && field.line < line + lines)
    .map(field => field.field);
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
