import { resolve } from 'node:path';
import {
  EntityProvider,
  EntityProviderConnection,
  locationSpecToLocationEntity,
} from '@backstage/plugin-catalog-node';

/** Emits one location entity, for a file that may be absent. */
export class GeneratedLocationProvider implements EntityProvider {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /** `file` is relative to the backend's working directory, or absolute. */
  static create(options: { file: string }): GeneratedLocationProvider {
    return new GeneratedLocationProvider(resolve(options.file));
  }

  getProviderName(): string {
    return 'portal-generated-location';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    const entity = locationSpecToLocationEntity({
      location: { type: 'file', target: this.#file, presence: 'optional' },
    });
    await connection.applyMutation({
      type: 'full',
      entities: [{ entity, locationKey: this.getProviderName() }],
    });
    // The file may have been written anew since the catalog read it, and the next
    // turn of what it knows already is minutes away.
    await connection.refresh({ keys: [`file:${this.#file}`] });
  }
}
