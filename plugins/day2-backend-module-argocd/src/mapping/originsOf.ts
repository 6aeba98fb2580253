import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { ApplicationOrigin } from '@day2/backstage-plugin-day2-node';
import type { Application, Source } from '../schema';
import { cleanRepository } from './cleanRepository';
import { sourcesAt } from './sources';
import { specSources } from './specSources';

const manifestPaths = 'argocd.argoproj.io/manifest-generate-paths';

/** The sources of an application, with what each should be at and was synced to. */
export function originsOf(app: Application): ApplicationOrigin[] {
  const sources = specSources(app);
  const sync = app.status?.sync;
  const newest = app.status?.history.entries.at(-1);
  const desired = sourcesAt({
    sources,
    revision: sync?.revision,
    revisions: sync?.revisions ?? [],
  });
  const synced = newest && sourcesAt({ ...newest, fallback: sources });
  return sources.map((source, index) => {
    // Sources may have been added since: only the same one was synced.
    const last = synced?.find(
      each =>
        each.source.repoURL === source.repoURL &&
        each.source.path === source.path &&
        each.source.chart === source.chart &&
        each.source.ref === source.ref,
    );
    const paths = pathsOf(app, source, sources);
    const origin: ApplicationOrigin = {
      repository: cleanRepository(source.repoURL),
      path: source.path && normalize(source.path),
      chart: source.chart,
      targetRevision: source.targetRevision,
      paths: paths.length > 0 ? paths : undefined,
      narrowed: isNarrowed(app, source) || undefined,
      plugin: isPlugin(app, source, index) || undefined,
      parametersHash: parametersHash(source),
      syncedParametersHash: last && parametersHash(last.source),
      desiredRevision: desired[index].revision,
      syncedRevision: last?.revision,
    };
    return Object.fromEntries(
      Object.entries(origin).filter(([, value]) => value !== undefined),
    ) as unknown as ApplicationOrigin;
  });
}

/** Further files and folders of this source's repository that count, besides its path. */
function pathsOf(app: Application, source: Source, all: Source[]): string[] {
  const found: (string | undefined)[] = [];
  for (const each of all) {
    const files = [
      ...(each.helm?.valueFiles ?? []),
      ...(each.helm?.fileParameters ?? []).flatMap(({ path }) => path ?? []),
    ];
    for (const file of files) {
      const [, ref, rest] = /^\$([^/]+)\/(.*)$/.exec(file) ?? [];
      if (all.some(other => ref !== undefined && other.ref === ref)) {
        found.push(ref === source.ref ? normalize(plain(rest)) : undefined);
      } else if (each === source && !source.chart) {
        found.push(below(source.path, plain(file)));
      }
    }
  }
  if (!source.chart) {
    found.push(...includedFiles(source).map(path => below(source.path, path)));
    found.push(
      ...(source.kustomize?.components ?? []).map(path =>
        below(source.path, path),
      ),
      ...(source.path ? annotatedPaths(app) : []).map(path =>
        below(source.path, path),
      ),
    );
  }
  const own = source.path && normalize(source.path);
  return [...new Set(found)]
    .filter((path): path is string => path !== undefined && path !== own)
    .sort();
}

/**
 * Whether Argo CD is told which files the application is made of: by a folder
 * that takes in certain files only, or by manifest-generate-paths without it.
 */
function isNarrowed(app: Application, source: Source): boolean {
  if (source.chart || source.path === undefined) {
    return false;
  }
  const own = normalize(source.path);
  const annotated = annotatedPaths(app).map(path => below(source.path, path));
  return (
    includedFiles(source).length > 0 ||
    (annotated.length > 0 && !annotated.includes(own))
  );
}

/** Whether a plugin makes its manifests: named, or found by Argo CD itself. */
function isPlugin({ status }: Application, source: Source, index: number) {
  const { sourceType, sourceTypes = [] } = status ?? {};
  const type = sourceTypes[index] ?? (index === 0 ? sourceType : undefined);
  return source.plugin !== undefined || type === 'Plugin';
}

function annotatedPaths({ metadata }: Application): string[] {
  return (metadata.annotations?.[manifestPaths] ?? '')
    .split(';')
    .map(path => path.trim())
    .filter(path => path !== '');
}

/** The files that a folder is narrowed to by name; none where a pattern does. */
function includedFiles({ directory }: Source): string[] {
  const include = directory?.include;
  if (typeof include !== 'string' || include.trim() === '') {
    return [];
  }
  const names = include
    .trim()
    .replace(/^\{(.*)\}$/, '$1')
    .split(',');
  return names.every(name => /^[^*?[\]{}]+$/.test(name))
    ? names.map(name => name.trim())
    : [];
}

/**
 * The file; the folder around it where Argo CD fills in a variable or a pattern
 * (`envs/$ARGOCD_APP_NAME.yaml`), which could stand for any file there.
 */
function plain(file: string): string {
  const parts = file.split('/');
  const open = parts.findIndex(part => /[$*?[{]/.test(part));
  return open < 0
    ? file
    : parts.slice(0, open).join('/') || (open > 0 ? '/' : '.');
}

/** Absolute ones begin at the root of the repository; what leaves it and addresses are none. */
function below(folder: string | undefined, path: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) {
    return undefined;
  }
  return normalize(
    path.startsWith('/') ? path : posix.join(folder ?? '', path),
  );
}

/** `.` is the root; undefined outside. */
function normalize(path: string): string | undefined {
  const clean = posix.normalize(path).replace(/^\/+|\/+$/g, '');
  return clean === '..' || clean.startsWith('../') ? undefined : clean || '.';
}

/** Of what the application itself gives to Helm, Kustomize, a directory or a plugin. */
function parametersHash(source: Source): string | undefined {
  const { helm, kustomize, directory, plugin } = source;
  const given = { helm, kustomize, directory, plugin };
  if (Object.values(given).every(value => value === undefined)) {
    return undefined;
  }
  return createHash('sha256')
    .update(canonical(given))
    .digest('hex')
    .slice(0, 32);
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, item: unknown) =>
      typeof item === 'object' && item !== null && !Array.isArray(item)
        ? Object.fromEntries(
            Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)),
          )
        : item,
    ) ?? ''
  );
}
