import { ConflictError } from '@backstage/errors';
import type {
  Day2SourcesExtensionPoint,
  Source,
} from '@day2/backstage-plugin-day2-node';

/** The sources that modules have handed over. */
export class SourceRegistry implements Day2SourcesExtensionPoint {
  readonly #sources = new Map<string, Source>();

  private constructor() {}

  static create(): SourceRegistry {
    return new SourceRegistry();
  }

  addSource(source: Source): void {
    if (this.#sources.has(source.id)) {
      throw new ConflictError(
        `Two sources have the id ${source.id}; give one of them another name in app-config`,
      );
    }
    this.#sources.set(source.id, source);
  }

  list(): Source[] {
    return [...this.#sources.values()];
  }
}
