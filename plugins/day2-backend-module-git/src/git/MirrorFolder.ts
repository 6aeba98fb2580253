import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SourceError } from '@day2/backstage-plugin-day2-node';
import { DamagedMirror, isDamage } from './damage';
import type { Git } from './Git';
import { GitFailure } from './GitFailure';
import { prepareFolder } from './prepareFolder';
import type { RepositoryUrl } from './repositoryUrl';
import { removeLeftovers, takeOver } from './staleLocks';

const checkMs = 10 * 60_000;
const hourMs = 3_600_000;

/** The bare repository on the portal's disk: made, found damaged, made anew. */
export class MirrorFolder {
  readonly gitDir: string;
  readonly #git: Git;
  readonly #folder: string;
  readonly #url: RepositoryUrl;
  #prepared = false;
  #renewedAt?: number;
  #soundAt?: number;

  private constructor(options: {
    git: Git;
    folder: string;
    url: RepositoryUrl;
  }) {
    this.#git = options.git;
    this.#folder = options.folder;
    this.#url = options.url;
    this.gitDir = join(options.folder, 'mirror.git');
  }

  static create(options: {
    git: Git;
    /** Of this mirror alone. */
    folder: string;
    url: RepositoryUrl;
  }): MirrorFolder {
    return new MirrorFolder(options);
  }

  /** When it was found damaged and made anew, epoch milliseconds. */
  get renewedAt(): number | undefined {
    return this.#renewedAt;
  }

  /**
   * Makes it where it is not there.
   *
   * @throws SourceError, DamagedMirror
   */
  async prepare(): Promise<void> {
    if (this.#prepared && (await this.exists())) {
      return;
    }
    await takeOver({ folder: this.#folder, gitDir: this.gitDir }).catch(
      // The first time there is no folder, and what cannot be written is told below.
      () => {},
    );
    await prepareFolder({
      git: this.#git,
      folder: this.#folder,
      gitDir: this.gitDir,
      url: this.#url,
    });
    this.#prepared = true;
  }

  async exists(): Promise<boolean> {
    return stat(join(this.gitDir, 'HEAD')).then(
      () => true,
      () => false,
    );
  }

  /** Removes what a call that was ended left behind. */
  async tidy(): Promise<void> {
    await removeLeftovers({ gitDir: this.gitDir, olderThanMs: 0 });
  }

  /**
   * Looks whether everything that is referred to is there; not more than once
   * an hour where it was.
   *
   * @throws DamagedMirror
   */
  async expectSound(): Promise<void> {
    if (
      !(await this.exists()) ||
      (this.#soundAt !== undefined && Date.now() - this.#soundAt < hourMs)
    ) {
      return;
    }
    try {
      await this.#git.run({
        args: ['fsck', '--connectivity-only', '--no-dangling', '--no-progress'],
        gitDir: this.gitDir,
        timeoutMs: checkMs,
      });
      this.#soundAt = Date.now();
    } catch (error) {
      if (
        isDamage(error) ||
        (error instanceof GitFailure && error.reason === 'failed')
      ) {
        throw new DamagedMirror();
      }
      throw error;
    }
  }

  /**
   * Removes a damaged mirror, so that the next fetch makes it anew.
   *
   * @throws SourceError where that was done within the hour or cannot be done
   */
  async discard(): Promise<void> {
    const now = Date.now();
    if (this.#renewedAt !== undefined && now - this.#renewedAt < hourMs) {
      throw new SourceError({
        code: 'misconfigured',
        message:
          'The mirror on the portal’s disk is damaged again, soon after it was cloned anew.',
        fix: 'Check the disk with the folder day2.git.directory, or name a folder on another one. It is tried again in an hour.',
        retryAfterMs: hourMs,
      });
    }
    this.#renewedAt = now;
    this.#prepared = false;
    this.#soundAt = undefined;
    const aside = `${this.gitDir}.damaged`;
    try {
      await rm(aside, { recursive: true, force: true });
      await rename(this.gitDir, aside);
      await rm(aside, { recursive: true, force: true });
    } catch {
      throw new SourceError({
        code: 'misconfigured',
        message: 'The mirror is damaged and could not be removed.',
        fix: 'Let the portal’s user write the folder day2.git.directory, and remove the folder of this repository in it.',
      });
    }
  }

  /** Bytes of its objects. */
  async size(): Promise<number> {
    return await sizeOf(join(this.gitDir, 'objects'));
  }
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  const entries = await readdir(folder, { withFileTypes: true }).catch(
    () => [],
  );
  for (const entry of entries) {
    const path = join(folder, entry.name);
    bytes += entry.isDirectory()
      ? await sizeOf(path)
      : await stat(path).then(
          ({ size }) => size,
          () => 0,
        );
  }
  return bytes;
}
