import type { Observation } from '@day2/backstage-plugin-day2-node';
import { change, commit, deployment, repositoryTouch } from './observations';

/** Numbers from 0 to 1, the same for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

/**
 * Observations in an order that the seed tells; commits stay in theirs, for
 * parents come before their children.
 */
export function shuffledWorld(
  world: readonly Observation[],
  seed: number,
): Observation[] {
  const isCommit = ({ kind }: Observation) => kind === 'commit';
  const commits = world.filter(isCommit);
  return shuffled(world, seed).map(each =>
    isCommit(each) ? (commits.shift() as Observation) : each,
  );
}

/** A copy in an order that the seed tells. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = randomOf(seed);
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}

/**
 * Three services, two environments with two targets, an application's history
 * with merges and reverts, deployments with rollbacks, corrections of what was
 * said before.
 *
 * @param size - commits of the application, deployments of each service
 */
export function worldOf(
  seed: number,
  size: { commits: number; deployments: number } = {
    commits: 40,
    deployments: 30,
  },
): Observation[] {
  const random = randomOf(seed);
  const pick = <T>(items: readonly T[]): T =>
    items[Math.floor(random() * items.length)];
  const sha = () =>
    Array.from({ length: 40 }, () =>
      Math.floor(random() * 16).toString(16),
    ).join('');
  const people = ['ana', 'bo', 'chen'].map(name => ({
    namespace: 'email',
    key: `${name}@tern.example`,
    name: `${name} ${'x'.repeat(Math.floor(random() * 5))}`,
  }));
  const world: Observation[] = [];
  const shas: string[] = [];
  for (let i = 0; i < size.commits; i += 1) {
    const own = sha();
    const parents =
      i === 0
        ? []
        : [
            ...new Set([
              shas[shas.length - 1],
              ...(random() < 0.2 ? [pick(shas)] : []),
            ]),
          ];
    const isMerge = parents.length > 1;
    world.push(
      commit({
        sha: own,
        key: `${own}:commit`,
        position: i,
        parents,
        committedAt: i * 1000,
        authors: [pick(people)],
      }),
      change({
        key: `${own}:change`,
        at: i * 1000,
        sha: own,
        repository: 'payments',
        touches: [repositoryTouch('payments')],
        authors: [pick(people)],
        isMerge,
        ...(i > 0 && random() < 0.2
          ? { reverts: pick(shas), marks: ['revert' as const] }
          : {}),
      }),
    );
    shas.push(own);
  }
  for (const application of ['payments-api', 'cart', 'ledger']) {
    for (let i = 0; i < size.deployments; i += 1) {
      const at = Math.min(
        shas.length - 1,
        Math.floor((i * size.commits) / size.deployments),
      );
      const run = random() < 0.2 ? Math.max(0, at - 3) : at;
      const key = `${sha()}:deployment:${application}`;
      const said = deployment({
        key,
        application,
        version: 2,
        versionName: `1.0-${shas[run].slice(0, 8)}`,
        applicationRevision: {
          sha: shas[run].slice(0, 8),
          found: 'Short SHA in the version',
        },
        environment: pick(['prod', 'prod', 'Staging', undefined]),
        target: pick([undefined, 'eu-1', 'us-1']),
        finishedAt: Math.floor(i / 2) * 1000,
        order: i,
        rollout: random() < 0.1 ? 'failed' : 'unknown',
        ...(random() < 0.5 ? { actor: pick(people) } : {}),
        ...(random() < 0.5
          ? { manifestRevision: { repository: 'tern-gitops', sha: sha() } }
          : {}),
      });
      world.push(said);
      if (random() < 0.2) {
        world.push({
          ...said,
          version: 1,
          versionName: 'wrong',
          title: 'Only the old one has a title',
        });
      }
      if (said.manifestRevision) {
        world.push(
          change({
            key: `${said.manifestRevision.sha}:change`,
            at: said.finishedAt,
            repository: 'tern-gitops',
            sha: said.manifestRevision.sha,
            touches: [
              {
                subject: said.subject,
                environment: said.environment,
                versionMoved: true,
                fields:
                  random() < 0.3
                    ? [
                        {
                          file: 'a.yaml',
                          field: 'replicas',
                          from: '1',
                          to: '2',
                        },
                      ]
                    : [],
              },
            ],
          }),
        );
      }
    }
  }
  return world;
}
