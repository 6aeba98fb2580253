import { normalizeRepository } from '@day2/backstage-plugin-day2-common';
import type { RevisionReader, Source } from '@day2/backstage-plugin-day2-node';
import { hashOf } from '../database';

/** A repository that a source keeps a mirror of. */
export interface Mirror {
  /** Name of the repository in the configuration. */
  name: string;
  reader: RevisionReader;
}

/** A mirror with what its repository is known by. */
export interface KnownMirror extends Mirror {
  /** Id of the source that reads it. */
  source: string;
  urls: Set<string>;
  slugs: Set<string>;
}

/** Which of the repositories that applications name are mirrored, by URL or slug. */
export class Mirrors {
  readonly #known: KnownMirror[];

  private constructor(sources: Source[]) {
    this.#known = sources.flatMap(source => {
      const { revisions: reader, aliases = [], id } = source;
      if (!reader) {
        return [];
      }
      const named = aliases.flatMap(alias => normalizeRepository(alias) ?? []);
      return [
        {
          name: aliases[0] ?? id,
          reader,
          source: id,
          urls: new Set(
            named.flatMap(({ host, path }) => (host ? `${host}/${path}` : [])),
          ),
          slugs: new Set(
            named.flatMap(({ host, path }) =>
              host ? [] : path.toLocaleLowerCase('en-US'),
            ),
          ),
        },
      ];
    });
  }

  static create(options: { sources: Source[] }): Mirrors {
    return new Mirrors(options.sources);
  }

  /**
   * The mirrors of a repository: several where more than one of its branches is
   * read. A slug counts only where no URL does.
   */
  of(repository: string): Mirror[] {
    const named = this.#known.filter(({ name }) => name === repository);
    const wanted = normalizeRepository(repository);
    if (named.length > 0 || !wanted) {
      return named;
    }
    const { host, path } = wanted;
    const byUrl = this.#known.filter(
      ({ urls }) => host !== undefined && urls.has(`${host}/${path}`),
    );
    return byUrl.length > 0
      ? byUrl
      : this.#known.filter(({ slugs }) =>
          slugs.has(path.toLocaleLowerCase('en-US')),
        );
  }

  get all(): readonly KnownMirror[] {
    return this.#known;
  }

  /** Another one where other repositories are mirrored. */
  get version(): string {
    return hashOf(
      this.#known.map(({ source, name, urls, slugs }) => [
        source,
        name,
        [...urls].sort(),
        [...slugs].sort(),
      ]),
    );
  }
}
