import type {
  ApplicationObservation,
  DeploymentObservation,
  RevisionReader,
  Source,
} from '@day2/backstage-plugin-day2-node';
import { shaOf } from './observations';
import { sourceOf } from './startHub';

/** The live state of an application as the Argo CD source would say it. */
export function application(
  options: Partial<ApplicationObservation> & { uid: string },
): ApplicationObservation {
  const { uid, ...rest } = options;
  return {
    kind: 'application',
    key: `app:${uid}`,
    version: 1,
    subject: subjectOf(uid),
    name: `${uid}-production`,
    environment: 'prod',
    target: 'eu-1',
    sync: 'out-of-sync',
    health: 'healthy',
    origins: [
      {
        repository: 'https://git.tern.example/tern/gitops.git',
        path: `apps/${uid}`,
        targetRevision: 'main',
        desiredRevision: shaOf('two'),
        syncedRevision: shaOf('one'),
      },
    ],
    automated: true,
    selfHeal: false,
    conditions: [],
    resources: [],
    resourceCount: 3,
    images: [`registry.tern.example/${uid}:v1`],
    syncedAt: 1_000,
    comparedAt: 2_000,
    ...rest,
  };
}

/** A sync of an application as its history has it. */
export function synced(
  options: Partial<DeploymentObservation> & { uid: string; sha: string },
): DeploymentObservation {
  const { uid, sha, ...rest } = options;
  return {
    kind: 'deployment',
    key: `${uid}:${sha.slice(0, 4)}`,
    version: 1,
    subject: subjectOf(uid),
    environment: 'prod',
    target: 'eu-1',
    versionName: 'v1',
    finishedAt: 1_000,
    basis: 'synced',
    rollout: 'succeeded',
    manifestRevision: {
      repository: 'https://git.tern.example/tern/gitops.git',
      sha,
    },
    ...rest,
  };
}

/** A mirrored repository: `trees` by path, commits by their position. */
export function mirrorOf(options: {
  name?: string;
  urls?: string[];
  commits: Record<
    string,
    {
      position?: number;
      trees?: Record<string, string>;
      references?: string[];
      unfollowed?: string[];
    }
  >;
}): Source & { asked: string[][] } {
  const asked: string[][] = [];
  const revisions: RevisionReader = {
    async describe({ revisions: wanted }) {
      asked.push(wanted.map(({ sha }) => sha));
      return wanted.map(({ sha, paths }) => {
        const commit = options.commits[sha];
        return (
          commit && {
            position: commit.position,
            trees: paths.map(path => commit.trees?.[path]),
            references: commit.references,
            unfollowed: commit.unfollowed,
            committedAt: 500,
            url: `https://git.tern.example/tern/gitops/commit/${sha}`,
          }
        );
      });
    },
  };
  const name = options.name ?? 'tern-gitops';
  return {
    ...sourceOf({ id: `git:${name}` }),
    aliases: [
      name,
      ...(options.urls ?? ['https://git.tern.example/tern/gitops']),
    ],
    revisions,
    asked,
  };
}

function subjectOf(uid: string): ApplicationObservation['subject'] {
  return {
    key: uid,
    kind: 'application',
    traits: { application: uid, instance: 'eu' },
  };
}
