import type { ChangeObservation } from '@day2/backstage-plugin-day2-node';
import { change, deployment, repositoryTouch, shaOf } from './observations';

/** A commit to the application's repository. */
export function code(word: string, more: Partial<ChangeObservation> = {}) {
  return change({
    key: `${word}:change`,
    at: 1000,
    sha: shaOf(word),
    repository: 'payments',
    touches: [repositoryTouch('payments')],
    ...more,
  });
}

/** A GitOps commit to production that moves the version, or fields, or both. */
export function desired(options: { version?: string; fields?: string[] }) {
  const sha = shaOf('desired');
  const said = deployment({
    key: `${sha}:deployment`,
    versionName: options.version ?? '1.0.0',
    finishedAt: 1000,
    manifestRevision: { repository: 'tern-gitops', sha },
  });
  return {
    said,
    changed: change({
      key: `${sha}:change`,
      at: 1000,
      sha,
      repository: 'tern-gitops',
      touches: [
        {
          subject: said.subject,
          environment: 'prod',
          versionMoved: options.version !== undefined,
          fields: (options.fields ?? []).map(field => ({
            file: 'a.yaml',
            field,
            from: '1',
            to: '2',
          })),
        },
      ],
    }),
  };
}
