import { posix } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { annotations } from '@day2/backstage-plugin-day2-common';
import { dump } from 'js-yaml';
import { DesiredState } from '../desired/DesiredState';
import { FileCache } from '../desired/FileCache';
import type { Unit } from '../desired/model';
import { BlobReader } from '../git/BlobReader';
import { createCredentialsProvider } from '../git/credentials';
import { isDamage } from '../git/damage';
import { listTree } from '../git/listTree';
import { Mirror } from '../git/Mirror';
import { parseRepositoryUrl, repositoryNameOf } from '../git/repositoryUrl';

/** An application found in a GitOps repository. @public */
export interface DiscoveredApplication {
  /** A name that Backstage takes, unique among all found. */
  name: string;
  title: string;
  /** Name of the repository in `day2.git.repositories`. */
  repository: string;
  repositoryUrl: string;
  /** Folders and files of the repository it is made of. */
  paths: string[];
  environments: string[];
}

/**
 * The applications that GitOps repositories ask for at the tip of their
 * default branches. Mirrors them into `directory`, where the source finds them
 * again.
 *
 * @throws SourceError where a repository cannot be read, InputError where the
 * address is none
 *
 * @public
 */
export async function discoverApplications(options: {
  /** Each by the name it has in `day2.git.repositories`; the last part of its address where absent. */
  repositories: { name?: string; url: string }[];
  /** Where the mirrors are kept. */
  directory: string;
  signal?: AbortSignal;
}): Promise<DiscoveredApplication[]> {
  const found: DiscoveredApplication[] = [];
  const taken = new Set<string>();
  for (const entry of options.repositories) {
    const url = parseRepositoryUrl(entry.url);
    const repository = entry.name ?? repositoryNameOf(url);
    const config = new ConfigReader({});
    const mirror = Mirror.create({
      directory: options.directory,
      name: repository,
      url,
      credentials: createCredentialsProvider({ url, config }),
    });
    const signal = options.signal ?? new AbortController().signal;
    const units = await unitsOf({ mirror, signal });
    for (const [title, members] of byApplication(
      // What runs once is no service.
      units.filter(unit => !['Job', 'Pod'].includes(unit.primary.kind)),
    )) {
      found.push({
        name: uniqueName(title, repository, taken),
        title,
        repository,
        repositoryUrl: url.shown,
        paths: pathsOf(members, units),
        environments: [
          ...new Set(members.flatMap(unit => unit.environment ?? [])),
        ].sort(),
      });
    }
  }
  return found;
}

/**
 * The applications as a Backstage catalog: a Component of type service each,
 * owner unknown.
 *
 * @public
 */
export function catalogOf(applications: DiscoveredApplication[]): string {
  return applications
    .map(application =>
      dump(
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            name: application.name,
            ...(application.title === application.name
              ? {}
              : { title: application.title }),
            description: `Found in ${application.repositoryUrl}`,
            // Without a folder of its own it is found by its name.
            ...(application.paths.length > 0
              ? {
                  annotations: {
                    [annotations.gitopsPath]: application.paths
                      .map(path => `${application.repository}:${path}`)
                      .join(','),
                  },
                }
              : {}),
          },
          spec: { type: 'service', lifecycle: 'unknown', owner: 'unknown' },
        },
        { lineWidth: -1 },
      ),
    )
    .map(document => `---\n${document}`)
    .join('');
}

/** A mirror that proves damaged is made anew once. */
async function unitsOf(options: {
  mirror: Mirror;
  signal: AbortSignal;
}): Promise<Unit[]> {
  const { mirror } = options;
  const read = async () => {
    const { tip } = await mirror.update(options);
    return tip ? await unitsAt({ ...options, tip }) : [];
  };
  try {
    return await read();
  } catch (error) {
    if (!isDamage(error)) {
      throw error;
    }
    await mirror.discard();
    return await read();
  }
}

async function unitsAt(options: {
  mirror: Mirror;
  tip: string;
  signal: AbortSignal;
}): Promise<Unit[]> {
  const { mirror, tip, signal } = options;
  const blobs = BlobReader.create({
    git: mirror.git,
    gitDir: mirror.gitDir,
    maxBytes: 5 * 1024 * 1024,
    signal,
  });
  try {
    const state = DesiredState.create({
      files: FileCache.create({ blobs }),
      places: [],
      patterns: [],
    });
    await state.start(await listTree({ mirror, sha: tip, signal }));
    return await state.units();
  } finally {
    blobs.close();
  }
}

/** One application may run in several environments, from several folders. */
function byApplication(units: Unit[]): Map<string, Unit[]> {
  const applications = new Map<string, Unit[]>();
  for (const unit of units) {
    const members = applications.get(unit.application);
    if (members) {
      members.push(unit);
    } else {
      applications.set(unit.application, [unit]);
    }
  }
  return new Map([...applications].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The folder of each of the application's files, or the file where others are in that folder. */
function pathsOf(members: Unit[], all: Unit[]): string[] {
  const { application } = members[0];
  const others = all.filter(unit => unit.application !== application);
  const isOwn = (path: string) =>
    path !== '.' &&
    !others.some(({ path: other }) => `${other}/`.startsWith(`${path}/`));
  const paths = members.map(({ path }) => {
    const folder = posix.dirname(path);
    return /\.ya?ml$/.test(path) && isOwn(folder) ? folder : path;
  });
  return [...new Set(paths)]
    .filter(path => isOwn(path) && !path.includes(','))
    .sort();
}

/** Backstage: letters, digits, `-_.`, at most 63, letters or digits at both ends. */
function uniqueName(
  title: string,
  repository: string,
  taken: Set<string>,
): string {
  const clean = (text: string) =>
    text
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .slice(0, 63)
      .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
  const base = clean(title) || clean(repository) || 'application';
  let name = base;
  for (let n = 2; taken.has(name.toLowerCase()); n++) {
    const suffix = n === 2 ? `-${repository}` : `-${repository}-${n}`;
    name = clean(`${base.slice(0, Math.max(1, 63 - suffix.length))}${suffix}`);
    if (suffix.length > 60) {
      name = `${base.slice(0, 58)}-${n}`;
    }
  }
  taken.add(name.toLowerCase());
  return name;
}
