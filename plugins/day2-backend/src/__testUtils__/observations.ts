import type {
  ApplicationObservation,
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
  const { application: name = 'payments-api', ...rest } = options;
  return {
    kind: 'deployment',
    version: 1,
    subject: {
      key: `apps/${name}/overlays/production`,
      kind: 'application',
      traits: {
        repository: 'tern-gitops',
        path: `apps/${name}/overlays/production`,
        application: name,
      },
    },
    environment: 'prod',
    basis: 'desired',
    rollout: 'succeeded',
    ...rest,
  };
}

/** The state of an application as Argo CD would say it. */
export function application(
  options: Partial<ApplicationObservation> & { key: string },
): ApplicationObservation {
  const { key } = options;
  return {
    kind: 'application',
    version: 1,
    subject: {
      key: key.replace(/^app:/, ''),
      kind: 'application',
      traits: { application: 'payments-api', instance: 'eu' },
    },
    name: 'payments-api-production',
    environment: 'prod',
    sync: 'synced',
    health: 'healthy',
    origins: [],
    automated: true,
    selfHeal: false,
    conditions: [],
    resources: [],
    resourceCount: 0,
    images: [],
    comparedAt: 1000,
    ...options,
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
