import type {
  ChangeObservation,
  CommitObservation,
  DeploymentObservation,
} from '@day2/backstage-plugin-day2-node';

/** A deployment as the git source would say it, of an application at a path. */
export function deployment(
  options: Partial<DeploymentObservation> & {
    key: string;
    versionName: string;
    finishedAt: number;
    application?: string;
  },
): DeploymentObservation {
  const { application = 'payments-api', ...rest } = options;
  return {
    kind: 'deployment',
    version: 1,
    subject: {
      key: `apps/${application}/overlays/production`,
      kind: 'application',
      traits: {
        repository: 'tern-gitops',
        path: `apps/${application}/overlays/production`,
        application,
      },
    },
    environment: 'prod',
    basis: 'desired',
    rollout: 'succeeded',
    ...rest,
  };
}

/** A commit to a GitOps repository or an application's. */
export function change(
  options: Partial<ChangeObservation> & { key: string; at: number },
): ChangeObservation {
  return {
    kind: 'change',
    version: 1,
    touches: [],
    title: `Change ${options.key}`,
    authors: [],
    isMerge: false,
    issueKeys: [],
    ...options,
  };
}

/** What a change to an application's repository touches. */
export function repositoryTouch(
  repository: string,
): ChangeObservation['touches'][number] {
  return {
    subject: {
      key: repository,
      kind: 'repository',
      traits: {
        repository,
        repositoryUrls: [`https://github.com/tern/${repository}`],
      },
    },
    fields: [],
    versionMoved: false,
  };
}

/** A commit of the graph. */
export function commit(
  options: Partial<CommitObservation> & { sha: string; position: number },
): CommitObservation {
  return {
    kind: 'commit',
    key: options.sha,
    version: 1,
    repository: 'payments',
    parents: [],
    committedAt: options.position * 1000,
    title: `Commit ${options.position}`,
    authors: [],
    issueKeys: [],
    paths: [],
    pathsCut: false,
    ...options,
  };
}

/** A full sha from a short word. */
export function shaOf(word: string | number): string {
  return Buffer.from(String(word)).toString('hex').padEnd(40, '0').slice(0, 40);
}
