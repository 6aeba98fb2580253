import {
  countsAsDeployment,
  type SequenceDeployment,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { hashOf, type Breather } from '../database';
import {
  carriedCommits,
  type CarriedCommits,
} from '../repositories/carriedCommits';
import { nextTips } from '../repositories/reachedTips';
import type { ResolvedRevision } from '../repositories/RevisionResolver';
import type { ServiceRepository } from '../repositories/serviceRepositories';
import type { DerivedCommit, StoredDeployment } from './DeploymentStore';

/** What a deployment carried, and what of it had never been there before. */
export interface Carried {
  count: number;
  complete: boolean;
  /** Why there are none, or not all. */
  reason?: string;
  /** Of all that the commits follow from; absent where they may be other ones next time. */
  key?: string;
  /** Absent where those stored already are right. */
  commits?: DerivedCommit[];
  /** All that the environment had of the repository once it was there. */
  tips?: string[];
  /** Why it is not known which commits had been there before. */
  firstUnknown?: string;
}

interface Found {
  deployment: SequenceDeployment;
  revision: ResolvedRevision;
  previous: { version: string; revision: ResolvedRevision } | undefined;
  stored: StoredDeployment | undefined;
}

/**
 * Finds what each deployment of a sequence carried: asked for one after the
 * other, in order, as it keeps what the environment has had so far.
 *
 * @remarks A commit counts for lead time with the first deployment of D by
 * which it reached the environment (metrics.md). What it reached is not what
 * the deployment before had: after a rollback that one has less, after one that
 * does not count it has more. So what was there is kept as tips of the graph.
 */
export class CarriedFinder {
  readonly #database: Knex;
  readonly #repositories: ServiceRepository[];
  readonly #breather: Breather;
  /** By repository. */
  readonly #tips = new Map<string, string[]>();

  private constructor(options: CarriedFinderOptions) {
    this.#database = options.database;
    this.#repositories = options.repositories;
    this.#breather = options.breather;
  }

  static create(options: CarriedFinderOptions): CarriedFinder {
    return new CarriedFinder(options);
  }

  async next(options: Found): Promise<Carried> {
    const { deployment, revision, previous, stored } = options;
    const gap = gapOf(options);
    const { repository, sha } = revision;
    const before = previous?.revision;
    const { counts } = countsAsDeployment(deployment);
    const tips = (repository && this.#tips.get(repository)) || [];
    if (
      !repository ||
      !sha ||
      !before?.sha ||
      before.repository !== repository
    ) {
      return {
        count: 0,
        complete: false,
        ...gap,
        commits: [],
        ...(counts && repository && sha
          ? { tips: this.#keep(repository, nextTips({ tips, sha })) }
          : {}),
      };
    }
    const { paths, graphRevision } =
      this.#repositories.find(({ name }) => name === repository) ?? {};
    const key = hashOf({
      repository,
      sha,
      before: before.sha,
      isRollback: gap !== undefined,
      tips: counts ? tips : undefined,
      paths,
      graphRevision,
    });
    if (stored?.carriedKey === key && (stored.tips || !counts)) {
      return {
        count: stored.carriedCount,
        complete: true,
        ...gap,
        key,
        ...(counts ? { tips: this.#keep(repository, stored.tips ?? []) } : {}),
      };
    }
    const walk = (from: string[]) =>
      carriedCommits({
        database: this.#database,
        repository,
        sha,
        before: from,
        paths,
        breather: this.#breather,
      });
    const carried = gap ? undefined : await walk([before.sha]);
    const reached = counts
      ? await this.#reached({ tips, sha, before: before.sha, carried, walk })
      : undefined;
    const all = carried?.complete !== false && reached?.complete !== false;
    const first = new Set(all ? reached?.shas : []);
    const shas = new Set(carried?.shas);
    return {
      count: shas.size,
      complete: carried?.complete ?? true,
      reason: carried?.reason,
      ...gap,
      key: all ? key : undefined,
      commits: [...new Set([...shas, ...first])].map(each => ({
        repository,
        sha: each,
        carried: shas.has(each),
        first: first.has(each),
      })),
      ...(reached
        ? {
            tips: this.#keep(
              repository,
              nextTips({ tips, sha, found: all ? reached : undefined }),
            ),
            firstUnknown: reached.reason,
          }
        : {}),
    };
  }

  /** What had never been there, and what that tells of the tips. */
  async #reached(options: {
    tips: string[];
    sha: string;
    before: string;
    carried: CarriedCommits | undefined;
    walk: (from: string[]) => Promise<CarriedCommits>;
  }): Promise<CarriedCommits> {
    const { tips, sha, before, carried } = options;
    if (tips.includes(sha)) {
      return { shas: [], complete: true, contained: [], known: true };
    }
    // Where nothing before counts, what is there with the one before is old.
    const from = tips.length > 0 ? tips : [before];
    return carried && from.length === 1 && from[0] === before
      ? carried
      : options.walk(from);
  }

  #keep(repository: string, tips: string[]): string[] {
    this.#tips.set(repository, tips);
    return tips;
  }
}

/** Why a deployment carries nothing, or nothing that is known. */
function gapOf(
  options: Found,
): { complete: boolean; reason: string } | undefined {
  const { deployment, revision, previous } = options;
  if (!previous) {
    return { complete: true, reason: 'First recorded deployment' };
  }
  if (deployment.rollback) {
    return { complete: true, reason: 'A rollback carries nothing new' };
  }
  const { repository, sha } = revision;
  if (!repository || !sha) {
    return {
      complete: false,
      reason: 'The commit of the application is not known',
    };
  }
  const before = previous.revision;
  if (!before.sha) {
    return {
      complete: false,
      reason: `The commit of the version before, ${previous.version}, is not known`,
    };
  }
  if (before.repository !== repository) {
    return {
      complete: false,
      reason: `The version before came from another repository, ${before.repository}`,
    };
  }
  return undefined;
}

/** What it needs. */
export interface CarriedFinderOptions {
  database: Knex;
  repositories: ServiceRepository[];
  breather: Breather;
}
