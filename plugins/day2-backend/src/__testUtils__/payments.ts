import {
  change,
  commit,
  deployment,
  repositoryTouch,
  shaOf,
} from './observations';

/** Commits 1 - 2 - 3 - 4, as the application's repository has them. */
export const shas = [1, 2, 3, 4].map(n => `${n}`.repeat(7).padEnd(40, 'a'));
/** The graph of them. */
export const commits = shas.map((sha, i) =>
  commit({
    sha,
    position: i,
    parents: i > 0 ? [shas[i - 1]] : [],
    committedAt: i * 100,
  }),
);
/** A change that tells of the repository. */
export const repository = change({
  key: 'repository',
  at: 1,
  repository: 'payments',
  sha: shaOf('x'),
  touches: [repositoryTouch('payments')],
});

/** A deployment of the n-th commit. */
export function deployed(n: number, finishedAt = n * 1000) {
  return deployment({
    key: `d${finishedAt}`,
    versionName: `1.${n}.0-${shas[n - 1].slice(0, 8)}`,
    applicationRevision: {
      sha: shas[n - 1].slice(0, 8),
      found: 'Short SHA in the version',
    },
    finishedAt,
  });
}
