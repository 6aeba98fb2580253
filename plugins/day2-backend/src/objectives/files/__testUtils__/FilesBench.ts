import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  ObjectiveObservation,
  SourceBatch,
} from '@day2/backstage-plugin-day2-node';
import {
  collect,
  ObservationLedger,
} from '@day2/backstage-plugin-day2-node/testUtils';
import { ObjectiveFilesSource } from '../ObjectiveFilesSource';
import { FakeReader } from './FakeReader';

export const BLOB = 'https://github.com/tern/cart/blob/main';
export const TREE = 'https://github.com/tern/cart/tree/main';
export const NOW = Date.UTC(2026, 10, 21);

/** The source of SLO files before a catalog and a Git host that a test fills. */
export class FilesBench {
  readonly reader = new FakeReader();
  entities: Entity[] = [];
  ledger = ObservationLedger.create();
  source: ObjectiveFilesSource;
  readonly #folders: string[];

  private constructor(folders: string[]) {
    this.#folders = folders;
    this.source = this.restarted();
  }

  static create(
    options: {
      /** Those on this machine that may be read. */
      folders?: string[];
    } = {},
  ): FilesBench {
    return new FilesBench(options.folders ?? []);
  }

  /** Another one, with nothing in its memory. */
  restarted(): ObjectiveFilesSource {
    const catalog = catalogServiceMock({ entities: [] });
    const entities = () => this.entities;
    catalog.streamEntities = async function* stream() {
      yield entities();
    };
    this.source = ObjectiveFilesSource.create({
      auth: mockServices.auth(),
      catalog,
      urlReader: this.reader,
      config: mockServices.rootConfig({
        data: { integrations: { github: [{ host: 'github.com' }] } },
      }),
      folders: this.#folders,
      kinds: ['component'],
    });
    return this.source;
  }

  /** A run that must not fail. */
  async run(options: Parameters<typeof collect>[1] = {}) {
    const result = await collect(this.source, { now: () => NOW, ...options });
    if (result.error) {
      throw result.error;
    }
    result.batches.forEach(batch => this.ledger.apply(batch));
    return result;
  }

  /** Key, line, and target or reason of all that stands. */
  said() {
    return (this.ledger.observations as ObjectiveObservation[]).map(
      ({ key, line, objective, invalid }) => [
        key.replace('component:default/', ''),
        line,
        objective ? objective.target : invalid?.reason,
      ],
    );
  }
}

export function noticesOf({ batches }: { batches: SourceBatch[] }): string[] {
  return batches.flatMap(({ notices = [] }) => notices);
}

export function component(
  name: string,
  annotations: Record<string, string> = {},
  location = `url:${BLOB}/catalog-info.yaml`,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      etag: 'one',
      annotations: {
        'backstage.io/managed-by-location': location,
        ...annotations,
      },
    },
  };
}
