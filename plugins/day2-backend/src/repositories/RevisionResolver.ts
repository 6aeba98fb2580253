import {
  normalizeRepository,
  type SequenceDeployment,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { Breather, chunksOf } from '../database';
import type { ServiceRepository } from './serviceRepositories';

const FULL_SHA = 40;
const SHORT_PER_QUERY = 200;

/** The commit of the application a deployment ran, or why it is not known. */
export interface ResolvedRevision {
  repository?: string;
  sha?: string;
  /** How it was found, or why not. */
  note: string;
}

/** What a deployment says of the application's commit. */
export type RevisionClaim = Pick<
  SequenceDeployment,
  'applicationRevision' | 'version'
>;

/** Finds commits by what deployments say of them, for one service. */
export class RevisionResolver {
  readonly #database: Knex;
  readonly #repositories: ServiceRepository[];
  // By `repository sha` as written, and `repository tag`.
  readonly #shas = new Map<string, string[]>();
  readonly #tags = new Map<string, string>();

  private constructor(options: {
    database: Knex;
    repositories: ServiceRepository[];
  }) {
    this.#database = options.database;
    this.#repositories = options.repositories;
  }

  /** Looks up all that the claims name in a few queries. */
  static async create(options: {
    database: Knex;
    repositories: ServiceRepository[];
    claims: RevisionClaim[];
  }): Promise<RevisionResolver> {
    const resolver = new RevisionResolver(options);
    const shas = new Map<string, Set<string>>();
    const tags = new Map<string, Set<string>>();
    for (const claim of options.claims) {
      for (const repository of resolver.#candidates(claim)) {
        const sha = shaOf(claim) ?? maybeShaOf(claim);
        if (sha) {
          shas.set(repository, (shas.get(repository) ?? new Set()).add(sha));
        }
        if (!shaOf(claim)) {
          const known = tags.get(repository) ?? new Set();
          tagsOf(claim).forEach(tag => known.add(tag));
          tags.set(repository, known);
        }
      }
    }
    for (const [repository, wanted] of shas) {
      await resolver.#loadShas(repository, [...wanted]);
    }
    for (const [repository, wanted] of tags) {
      await resolver.#loadTags(repository, [...wanted]);
    }
    return resolver;
  }

  resolve(claim: RevisionClaim): ResolvedRevision {
    const named = claim.applicationRevision;
    const candidates = this.#candidates(claim);
    if (candidates.length === 0) {
      return {
        note: named?.repository
          ? `The repository ${named.repository} is not read: add it under day2.git.repositories with role application`
          : 'No application repository is tied to this service: add the annotation backstage.io/source-location or github.com/project-slug, and the repository under day2.git.repositories with role application',
      };
    }
    const names = candidates.join(', ');
    const sha = shaOf(claim);
    if (sha) {
      const found = this.#commits({ candidates, sha });
      if (found.length === 1) {
        return {
          ...found[0],
          note: `${named?.found}, in ${found[0].repository}`,
        };
      }
      return {
        note:
          found.length === 0
            ? `${named?.found}: commit ${sha} is not in ${names} as read so far`
            : `${named?.found}: ${sha} stands for several commits in ${names}`,
      };
    }
    for (const tag of tagsOf(claim)) {
      for (const repository of candidates) {
        const tagged = this.#tags.get(`${repository} ${tag}`);
        if (tagged) {
          return {
            repository,
            sha: tagged,
            note: `${
              named?.found ?? 'The version is a Git tag'
            }: tag ${tag} in ${repository}`,
          };
        }
      }
    }
    const maybe = maybeShaOf(claim);
    const found = maybe ? this.#commits({ candidates, sha: maybe }) : [];
    if (found.length === 1) {
      return {
        ...found[0],
        note: `${maybe} in ${claim.version} is the start of one commit in ${found[0].repository}`,
      };
    }
    return {
      note: named?.tag
        ? `${named.found}: tag ${named.tag} is not in ${names} as read so far`
        : `The version names neither a commit nor a tag of ${names}`,
    };
  }

  #commits(options: {
    candidates: string[];
    sha: string;
  }): { repository: string; sha: string }[] {
    return options.candidates.flatMap(repository =>
      (this.#shas.get(`${repository} ${options.sha}`) ?? []).map(sha => ({
        repository,
        sha,
      })),
    );
  }

  #candidates(claim: RevisionClaim): string[] {
    const named = claim.applicationRevision?.repository;
    if (named === undefined) {
      return this.#repositories.map(({ name }) => name);
    }
    const wanted = normalizeRepository(named);
    return this.#repositories
      .filter(
        ({ name, urls }) =>
          name === named ||
          urls.some(url => {
            const known = normalizeRepository(url);
            return (
              wanted !== undefined &&
              known !== undefined &&
              known.path.toLowerCase() === wanted.path.toLowerCase() &&
              (!wanted.host || !known.host || wanted.host === known.host)
            );
          }),
      )
      .map(({ name }) => name);
  }

  async #loadShas(repository: string, wanted: string[]): Promise<void> {
    const note = (sha: string, found: string[]) =>
      this.#shas.set(`${repository} ${sha}`, found);
    const full = wanted.filter(sha => sha.length >= FULL_SHA);
    for (const chunk of chunksOf(full)) {
      const rows = await this.#database('git_commit')
        .where({ repository })
        .whereIn('sha', chunk)
        .select('sha');
      rows.forEach(row => note(row.sha, [row.sha]));
    }
    const breather = Breather.create();
    const short = wanted.filter(sha => sha.length < FULL_SHA);
    for (const chunk of chunksOf(short, SHORT_PER_QUERY)) {
      await breather.breathe();
      for (const { wanted: sha, lowest, highest } of await this.#beginningWith({
        repository,
        shas: chunk,
      })) {
        note(sha, [...new Set([lowest, highest].filter(Boolean))]);
      }
    }
  }

  /**
   * The first and the last commit that begins with each: the same one where it
   * is the only one. A range joined to a list would read all commits; the two
   * ends of a range are looked up in the index.
   */
  async #beginningWith(options: {
    repository: string;
    shas: string[];
  }): Promise<{ wanted: string; lowest: string; highest: string }[]> {
    const isPostgres = this.#database.client.config.client === 'pg';
    // 'g' follows every hex digit.
    const end = (which: 'min' | 'max') =>
      `(select ${which}(sha) from git_commit where repository = :repository and sha >= given.wanted and sha < given.wanted || 'g')`;
    const given = isPostgres
      ? 'select wanted from unnest(cast(:shas as text[])) as list (wanted)'
      : 'select value as wanted from json_each(:shas)';
    const answer = await this.#database.raw(
      `select wanted, ${end('min')} as lowest, ${end(
        'max',
      )} as highest from (${given}) as given`,
      {
        repository: options.repository,
        shas: isPostgres ? options.shas : JSON.stringify(options.shas),
      },
    );
    return isPostgres ? answer.rows : answer;
  }

  async #loadTags(repository: string, wanted: string[]): Promise<void> {
    for (const chunk of chunksOf(wanted)) {
      const rows = await this.#database('git_tag')
        .where({ repository })
        .whereIn('name', chunk)
        .select('name', 'sha');
      for (const row of rows) {
        this.#tags.set(`${repository} ${row.name}`, row.sha);
      }
    }
  }
}

function shaOf(claim: RevisionClaim): string | undefined {
  return claim.applicationRevision?.sha?.toLowerCase();
}

/**
 * What a version is or ends with, where it may be a short SHA: without letters
 * it looks like the number of a build, without digits like a word. The
 * repository's commits say whether it is one.
 */
function maybeShaOf(claim: RevisionClaim): string | undefined {
  const text = claim.applicationRevision?.tag ?? claim.version;
  return /(?:^|[-._+])(?<sha>[0-9a-f]{7,40})$/i
    .exec(text)
    ?.groups?.sha.toLowerCase();
}

/** An image of version 1.2.3 is built from tag 1.2.3 or, more often, v1.2.3. */
function tagsOf(claim: RevisionClaim): string[] {
  const tag = claim.applicationRevision?.tag ?? claim.version;
  return [tag, `v${tag}`];
}
