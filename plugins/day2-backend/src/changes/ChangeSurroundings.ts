import type { Change } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import type { ChangeRow } from '../database';
import { whereInList } from '../permissions/whereService';
import type { Visibility } from '../permissions/VisibleServices';
import { activeLinks } from '../subjects/activeLinks';

interface TouchedService {
  changeId: string;
  serviceId: string;
  touched: Change['services'][number];
}

interface TouchedSubject {
  changeId: string;
  serviceId: string;
  subjectId: string;
}

interface CarryingDeployment {
  changeId: string;
  serviceId: string;
  id: string;
}

/** What a caller may see of the surroundings of changes, by change. */
export interface SeenSurroundings {
  services: Map<string, Change['services']>;
  /** Undefined where all may be seen, those of no service too. */
  subjects: Map<string, Set<string>> | undefined;
  deploymentIds: Map<string, string[]>;
}

/**
 * What changes are tied to: services, subjects, deployments. All of it is read,
 * so that a caller's rights are asked for the few services concerned alone, and
 * only what they may see goes on.
 */
export class ChangeSurroundings {
  readonly #services: TouchedService[];
  readonly #subjects: TouchedSubject[];
  readonly #deployments: CarryingDeployment[];

  private constructor(options: {
    services: TouchedService[];
    subjects: TouchedSubject[];
    deployments: CarryingDeployment[];
  }) {
    this.#services = options.services;
    this.#subjects = options.subjects;
    this.#deployments = options.deployments;
  }

  static async load(
    database: Knex,
    rows: ChangeRow[],
  ): Promise<ChangeSurroundings> {
    const ids = rows.map(({ id }) => id);
    return new ChangeSurroundings({
      services: await servicesOf(database, ids),
      subjects: await subjectsOf(database, ids),
      deployments: await deploymentsOf(database, rows),
    });
  }

  /** Every service that something of it belongs to. */
  serviceIds(): string[] {
    return [
      ...new Set(
        [...this.#services, ...this.#subjects, ...this.#deployments].map(
          ({ serviceId }) => serviceId,
        ),
      ),
    ];
  }

  seen(visible: Visibility): SeenSurroundings {
    const ids = new Set(visible.kind === 'some' ? visible.serviceIds : []);
    const mine = ({ serviceId }: { serviceId: string }) =>
      visible.kind === 'all' || ids.has(serviceId);
    const services = new Map<string, Change['services']>();
    for (const { changeId, touched } of this.#services.filter(mine)) {
      services.set(changeId, [...(services.get(changeId) ?? []), touched]);
    }
    const subjects = new Map<string, Set<string>>();
    for (const { changeId, subjectId } of this.#subjects.filter(mine)) {
      const known = subjects.get(changeId) ?? new Set();
      subjects.set(changeId, known.add(subjectId));
    }
    const deployments = new Map<string, Set<string>>();
    for (const { changeId, id } of this.#deployments.filter(mine)) {
      const known = deployments.get(changeId) ?? new Set();
      deployments.set(changeId, known.add(id));
    }
    return {
      services,
      subjects: visible.kind === 'all' ? undefined : subjects,
      deploymentIds: new Map(
        [...deployments].map(([changeId, found]) => [changeId, [...found]]),
      ),
    };
  }
}

async function servicesOf(
  database: Knex,
  ids: string[],
): Promise<TouchedService[]> {
  const query = database('record_service')
    .join('service', 'service.id', 'record_service.service_id')
    .select(
      'record_service.record_id',
      'record_service.service_id',
      'record_service.environment',
      'record_service.via',
      'service.ref',
    )
    .orderBy(['service.ref', 'record_service.environment']);
  whereInList(query, { column: 'record_service.record_id', values: ids });
  const rows: Record<string, string>[] = await query;
  return rows.map(row => ({
    changeId: row.record_id,
    serviceId: row.service_id,
    touched: {
      ref: row.ref,
      environment: row.environment === '' ? undefined : row.environment,
      via: row.via,
    },
  }));
}

async function subjectsOf(
  database: Knex,
  ids: string[],
): Promise<TouchedSubject[]> {
  const query = database('change_subject')
    .join(
      activeLinks(database).as('link'),
      'link.subject_id',
      'change_subject.subject_id',
    )
    .distinct(
      'change_subject.change_id',
      'change_subject.subject_id',
      'link.service_id',
    );
  whereInList(query, { column: 'change_subject.change_id', values: ids });
  const rows: Record<string, string>[] = await query;
  return rows.map(row => ({
    changeId: row.change_id,
    serviceId: row.service_id,
    subjectId: row.subject_id,
  }));
}

/** Deployments that carried the changes: as the desired commit itself, or as application commits. */
async function deploymentsOf(
  database: Knex,
  changes: ChangeRow[],
): Promise<CarryingDeployment[]> {
  const bySha = new Map<string, string>();
  for (const { id, repository, sha } of changes) {
    if (sha !== null) {
      bySha.set(`${repository} ${sha}`, id);
    }
  }
  if (bySha.size === 0) {
    return [];
  }
  const shas = changes.flatMap(({ sha }) => sha ?? []);
  const desired = database('deployment')
    .select('id', 'service_id', 'manifest_sha as sha', 'record')
    .orderBy(['finished_at', 'id']);
  whereInList(desired, { column: 'manifest_sha', values: shas });
  // A part of a deployment, as of several commits to one environment each.
  const parts = database('record_source')
    .join('deployment', 'deployment.id', 'record_source.record_id')
    .select(
      'deployment.id',
      'deployment.service_id',
      'record_source.repository',
      'record_source.sha',
    )
    .orderBy(['deployment.finished_at', 'deployment.id']);
  whereInList(parts, { column: 'record_source.sha', values: shas });
  const carried = database('deployment_commit')
    .join('deployment', 'deployment.id', 'deployment_commit.deployment_id')
    .where('deployment_commit.carried', true)
    .select(
      'deployment.id',
      'deployment.service_id',
      'deployment_commit.repository',
      'deployment_commit.sha',
    )
    .orderBy(['deployment.finished_at', 'deployment.id']);
  whereInList(carried, { column: 'deployment_commit.sha', values: shas });
  const rows: Record<string, any>[] = [
    ...(await desired),
    ...(await parts),
    ...(await carried),
  ];
  return rows.flatMap(row => {
    const repository =
      row.repository ?? JSON.parse(row.record).manifestRevision?.repository;
    const changeId = bySha.get(`${repository} ${row.sha}`);
    return changeId === undefined
      ? []
      : [{ changeId, serviceId: row.service_id, id: row.id }];
  });
}
