import type {
  CommitObservation,
  Observation,
  ObservedSubject,
} from '@day2/backstage-plugin-day2-node';
import type { RepositoryConfig } from '../readRepository';
import type { Commit } from '../git/readCommits';
import { parseMessage } from '../messages/parseMessage';
import { toPerson } from '../messages/toPerson';
import type { WebLinks } from './commitUrl';
import type { GitCursor } from './cursor';
import { describeCommit } from './describeCommit';
import { repositoryUrls } from './observeGitops';
import type { LineReader } from './readLine';
import type { LineStep } from './walkLine';

/** Reads the commits of an application's repository: the graph, and a change for each commit of the line. */
export class ApplicationReader implements LineReader {
  readonly #config: RepositoryConfig;
  readonly #links: WebLinks;
  readonly #cuts: Set<string>;
  readonly #subject: ObservedSubject;

  private constructor(options: {
    config: RepositoryConfig;
    links: WebLinks;
    cuts: Set<string>;
  }) {
    this.#config = options.config;
    this.#links = options.links;
    this.#cuts = options.cuts;
    this.#subject = {
      key: options.config.name,
      kind: 'repository',
      traits: {
        repository: options.config.name,
        repositoryUrls: repositoryUrls({
          ...options.config,
          links: options.links,
        }),
      },
    };
  }

  static create(options: {
    config: RepositoryConfig;
    links: WebLinks;
    /** Commits whose parents are not in a shallow clone. */
    cuts: Set<string>;
  }): ApplicationReader {
    return new ApplicationReader(options);
  }

  async read(
    step: LineStep,
    cursor: GitCursor,
  ): ReturnType<LineReader['read']> {
    const observations: Observation[] = [...step.side, step.commit].map(
      commit => this.commit(commit, cursor.generation),
    );
    observations.push(this.change(step, cursor.generation));
    return { observations, next: { ...cursor, sha: step.commit.sha } };
  }

  /** The change that a commit of the line is. */
  change(step: LineStep, generation: number): Observation {
    const { commit } = step;
    const facts = describeCommit({
      commit,
      cutOff: this.#cuts.has(commit.sha),
      others: step.side.flatMap(side => [
        toPerson(side.author),
        ...parseMessage(side.message).coAuthors.map(toPerson),
      ]),
    });
    const url = this.#links.commit(commit.sha);
    const { marks, pullRequest, reverts } = facts.message;
    return {
      kind: 'change',
      key: `${commit.sha}:change`,
      version: generation,
      touches: [{ subject: this.#subject, fields: [], versionMoved: false }],
      title: facts.message.title,
      ...(facts.text ? { message: facts.text } : {}),
      at: commit.committedAt,
      authors: facts.authors,
      repository: this.#config.name,
      sha: commit.sha,
      ...(url ? { url } : {}),
      isMerge: commit.parents.length > 1,
      issueKeys: facts.message.issueKeys,
      ...(pullRequest ? { pullRequest } : {}),
      ...(reverts ? { reverts } : {}),
      ...(marks.length > 0 ? { marks } : {}),
      paths: facts.paths,
    };
  }

  /** A commit of the graph. */
  commit(commit: Commit, generation: number): CommitObservation {
    const facts = describeCommit({
      commit,
      cutOff: this.#cuts.has(commit.sha),
    });
    return {
      kind: 'commit',
      key: `${commit.sha}:commit`,
      version: generation,
      repository: this.#config.name,
      sha: commit.sha,
      parents: commit.parents,
      committedAt: commit.committedAt,
      title: facts.message.title,
      authors: facts.authors,
      issueKeys: facts.message.issueKeys,
      paths: facts.paths,
      pathsCut: facts.pathsCut,
    };
  }
}
