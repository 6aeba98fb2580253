import { mkdir } from 'fs/promises';
import { join } from 'path';
import { fastImportStream } from './fastImportStream';
import type { ModelRepository } from './ModelRepository';
import { runGit } from './runGit';

/**
 * A bare repository on disk that follows a model: `sync` adds what the model
 * has and the disk has not.
 */
export class BareRepository {
  readonly directory: string;
  readonly #model: ModelRepository;
  #head?: string;
  #commits = 0;
  readonly #tags = new Set<string>();

  private constructor(directory: string, model: ModelRepository) {
    this.directory = directory;
    this.#model = model;
  }

  /** Makes the repository `<folder>/<name>.git` and fills it. */
  static async create(options: {
    folder: string;
    model: ModelRepository;
  }): Promise<BareRepository> {
    const directory = join(options.folder, `${options.model.name}.git`);
    await mkdir(directory, { recursive: true });
    await runGit({
      args: ['init', '--quiet', '--bare', '--initial-branch=main', directory],
    });
    for (const [key, value] of [
      // Partial clones and fetches by commit are what real hosts allow.
      ['uploadpack.allowFilter', 'true'],
      ['uploadpack.allowReachableSHA1InWant', 'true'],
      ['http.receivepack', 'false'],
      ['gc.auto', '0'],
    ]) {
      await runGit({ args: ['config', key, value], cwd: directory });
    }
    const repository = new BareRepository(directory, options.model);
    await repository.sync();
    return repository;
  }

  /**
   * Opens a repository that was made before.
   *
   * @throws Error where its head is no commit of the model: another version of
   * the sandbox, another seed or start made it.
   */
  static async open(options: {
    folder: string;
    model: ModelRepository;
  }): Promise<BareRepository> {
    const { folder, model } = options;
    const directory = join(folder, `${model.name}.git`);
    const repository = new BareRepository(directory, model);
    const refs = await runGit({
      args: ['for-each-ref', '--format=%(refname) %(objectname)'],
      cwd: directory,
    });
    for (const line of refs.toString('utf8').split('\n')) {
      const [ref, sha] = line.split(' ');
      if (ref === 'refs/heads/main') {
        repository.#head = sha;
      } else if (ref.startsWith('refs/tags/')) {
        repository.#tags.add(ref.slice('refs/tags/'.length));
      }
    }
    if (repository.#head) {
      const index = model.commits.findIndex(c => c.sha === repository.#head);
      if (index < 0) {
        throw new Error(
          `The sandbox's repository ${
            model.name
          } is at ${repository.#head.slice(
            0,
            12,
          )}, which this world never reaches: another version of the sandbox made it, the end asked for is before it, or the clock was set back. Begin anew with: npm start -- --reset`,
        );
      }
      repository.#commits = index + 1;
    }
    // Months of small pushes leave many loose objects; nothing else packs them.
    await runGit({
      args: ['-c', 'gc.auto=2000', 'gc', '--auto', '--quiet'],
      cwd: directory,
    });
    await repository.sync();
    return repository;
  }

  /** Adds the model's new commits and tags; answers how many commits. */
  async sync(): Promise<number> {
    const model = this.#model;
    const added = model.commits.length - this.#commits;
    const newTags = model.tags.filter(tag => !this.#tags.has(tag.name));
    if (added === 0 && newTags.length === 0) {
      return 0;
    }
    await runGit({
      args: ['fast-import', '--quiet', '--done'],
      cwd: this.directory,
      input: fastImportStream({
        repository: model,
        fromCommit: this.#commits,
        knownTags: this.#tags,
      }),
    });
    const head = await runGit({
      args: ['rev-parse', 'refs/heads/main'],
      cwd: this.directory,
    });
    this.#head = head.toString('utf8').trim();
    if (this.#head !== model.head?.sha) {
      throw new Error(
        `Git gave ${model.name} the head ${this.#head}, the world model says ${
          model.head?.sha
        }`,
      );
    }
    this.#commits = model.commits.length;
    newTags.forEach(tag => this.#tags.add(tag.name));
    return added;
  }
}
