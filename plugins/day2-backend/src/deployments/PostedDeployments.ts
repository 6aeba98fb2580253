import type {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import type { Accepted } from '@day2/backstage-plugin-day2-common';
import type { DeploymentObservation } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { hashOf } from '../database';
import type { DeriveWorker } from '../derive';
import { POSTED_SOURCE_ID, type IngestService } from '../ingest';

/** How long an answer waits for its deployment to be derived. */
const DERIVE_WAIT_MS = 1_500;

/** Takes in what is posted, and answers with the deployment it became where that is quick. */
export class PostedDeployments {
  readonly #database: Knex;
  readonly #ingest: IngestService;
  readonly #deriveWorker: DeriveWorker;

  private constructor(options: {
    database: Knex;
    ingest: IngestService;
    deriveWorker: DeriveWorker;
  }) {
    this.#database = options.database;
    this.#ingest = options.ingest;
    this.#deriveWorker = options.deriveWorker;
  }

  static create(options: {
    database: Knex;
    ingest: IngestService;
    deriveWorker: DeriveWorker;
  }): PostedDeployments {
    return new PostedDeployments(options);
  }

  /**
   * @throws ConflictError where the key was used with another body
   */
  async take(options: {
    credentials: BackstageCredentials;
    idempotencyKey: string;
    /** What the caller sent, as far as it counts for "the same again". */
    body: unknown;
    observation: (key: string) => DeploymentObservation;
  }): Promise<Accepted> {
    const principal = callerOf(options.credentials);
    // Keys are the callers' own: two pipelines may number their runs alike.
    const observation = options.observation(
      hashOf([principal, options.idempotencyKey]),
    );
    const { repeated } = await this.#ingest.applyPosted({
      observation,
      idempotency: {
        principal,
        key: options.idempotencyKey,
        bodyHash: hashOf(options.body),
      },
    });
    return {
      key: options.idempotencyKey,
      repeated,
      deploymentId: await this.#deploymentOf(observation.key),
    };
  }

  async #deploymentOf(observationKey: string): Promise<string | undefined> {
    const idle = this.#deriveWorker.runUntilIdle().then(
      () => undefined,
      // The worker tries again by itself and says so in the log; the post is in.
      () => undefined,
    );
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>(resolve => {
      timer = setTimeout(resolve, DERIVE_WAIT_MS);
    });
    await Promise.race([idle, timeout]);
    clearTimeout(timer);
    const row = await this.#database('record_source')
      .join('deployment', 'deployment.id', 'record_source.record_id')
      .where('record_source.source', POSTED_SOURCE_ID)
      .where('record_source.key', observationKey)
      .first('deployment.id');
    return row?.id;
  }
}

function callerOf(credentials: BackstageCredentials): string {
  const principal = credentials.principal as
    | BackstageUserPrincipal
    | BackstageServicePrincipal;
  const name =
    principal.type === 'user'
      ? principal.userEntityRef
      : `service:${principal.subject}`;
  return name.slice(0, 255);
}
