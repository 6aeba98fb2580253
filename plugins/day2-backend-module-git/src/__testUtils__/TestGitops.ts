import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@backstage/types';
import type {
  ChangeObservation,
  DeploymentObservation,
} from '@day2/backstage-plugin-day2-node';
import {
  collect,
  ObservationLedger,
  type CollectedRun,
} from '@day2/backstage-plugin-day2-node/testUtils';
import type { GitSource } from '../GitSource';
import { createSource } from './createSource';
import { TestRepository } from './TestRepository';

/** A GitOps repository, a source over it, and all that it said so far. */
export class TestGitops {
  readonly folder: string;
  readonly repository: TestRepository;
  readonly ledger = ObservationLedger.create();
  source: GitSource;
  last: CollectedRun = { batches: [], log: '', tookMs: 0 };

  private constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'day2-git-'));
    this.repository = TestRepository.create({ folder: this.folder });
    this.source = this.#sourceOf({});
  }

  static create(): TestGitops {
    return new TestGitops();
  }

  close(): void {
    this.source.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Goes on with another configuration. */
  use(options: JsonObject & { binary?: string }): void {
    this.source.close();
    this.source = this.#sourceOf(options);
  }

  /** Pushes and reads what is new. */
  async read(): Promise<void> {
    this.repository.push();
    this.last = await collect(this.source, { cursor: this.last.cursor });
    if (this.last.error) {
      throw this.last.error;
    }
    this.last.batches.forEach(batch => this.ledger.apply(batch));
  }

  deployments(): DeploymentObservation[] {
    return this.ledger.observations
      .filter(item => item.kind === 'deployment')
      .sort(
        (a, b) =>
          a.order! - b.order! || (a.environment! < b.environment! ? -1 : 1),
      );
  }

  /** Application, environment with target, version. */
  versions(): string[] {
    return this.deployments().map(
      ({ environment, target, versionName, subject }) =>
        `${subject.traits.application} ${environment ?? '-'}${
          target ? `/${target}` : ''
        } ${versionName}`,
    );
  }

  changeOf(sha: string): ChangeObservation | undefined {
    return this.ledger.observations.find(
      (item): item is ChangeObservation =>
        item.kind === 'change' && item.sha === sha,
    );
  }

  fieldsOf(sha: string): string[] {
    return (this.changeOf(sha)?.touches ?? []).flatMap(touch =>
      touch.fields.map(
        ({ environment, field, from, to }) =>
          `${environment ?? '-'} ${field}: ${from ?? ''} → ${to ?? ''}`,
      ),
    );
  }

  #sourceOf({
    binary,
    ...options
  }: JsonObject & { binary?: string }): GitSource {
    return createSource({
      directory: join(this.folder, 'mirrors'),
      binary,
      repository: {
        name: 'gitops',
        url: this.repository.bare,
        role: 'gitops',
        ...options,
      },
    });
  }
}
