import {
  deriveSequence,
  type SequenceDeployment,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { Breather, deterministicId } from '../database';
import type { SequenceKey } from '../derive/DirtyMarks';
import { RevisionResolver } from '../repositories/RevisionResolver';
import { serviceRepositories } from '../repositories/serviceRepositories';
import { CarriedFinder } from './CarriedFinder';
import { committedAt } from './committedAt';
import { toDerived } from './derivedDeployment';
import type { DerivedDeployment, StoredDeployment } from './DeploymentStore';
import { readObservations } from './readObservations';

/** Derives the deployments of one service in one environment from what sources said. */
export class SequenceDeriver {
  readonly #database: Knex;

  private constructor(database: Knex) {
    this.#database = database;
  }

  static create(options: { database: Knex }): SequenceDeriver {
    return new SequenceDeriver(options.database);
  }

  async derive(options: {
    sequence: SequenceKey;
    stored: Map<string, StoredDeployment>;
  }): Promise<DerivedDeployment[]> {
    const { sequence, stored } = options;
    const { serviceId } = sequence;
    const deployments = deriveSequence({
      observations: await readObservations(this.#database, sequence),
    });
    const ids = deployments.map(({ first }) => idOf(sequence, first));
    const repositories = await serviceRepositories({
      database: this.#database,
      serviceId,
    });
    const resolver = await RevisionResolver.create({
      database: this.#database,
      repositories,
      claims: deployments,
    });
    const revisions = deployments.map(each => resolver.resolve(each));
    const commits = await committedAt(this.#database, revisions);
    const derived: DerivedDeployment[] = [];
    const breather = Breather.create();
    const finder = CarriedFinder.create({
      database: this.#database,
      repositories,
      breather,
    });
    for (const [at, deployment] of deployments.entries()) {
      const previous =
        deployment.previous === undefined
          ? undefined
          : {
              id: ids[deployment.previous],
              version: deployments[deployment.previous].version,
              revision: revisions[deployment.previous],
            };
      await breather.breathe();
      const carried = await finder.next({
        deployment,
        revision: revisions[at],
        previous,
        stored: stored.get(ids[at]),
      });
      derived.push(
        toDerived({
          sequence,
          id: ids[at],
          ids,
          position: at,
          deployment,
          revision: revisions[at],
          committed: commits(revisions[at]),
          previous,
          carried,
        }),
      );
    }
    return derived;
  }
}

/** One sync may be a deployment of each of several images. */
function idOf(
  { serviceId, environment }: SequenceKey,
  { source, key, line }: SequenceDeployment['first'],
): string {
  return deterministicId(
    serviceId,
    environment,
    source,
    key,
    ...(line === undefined ? [] : [line]),
  );
}
