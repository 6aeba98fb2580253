import {
  annotations,
  readVersions,
  type RevisionPosition,
  type SequenceObservation,
  type SourceObservation,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf, toNumber } from '../database';
import type { SequenceKey } from '../derive/DirtyMarks';
import { parsePayload, type DeploymentPayload } from '../ingest/payloads';
import { activeLinks } from '../subjects/activeLinks';

/** What sources said of one service in one environment, each with its version. */
export async function readObservations(
  database: Knex,
  sequence: SequenceKey,
): Promise<SequenceObservation[]> {
  const rows: Record<string, any>[] = await database('observation')
    .whereIn(
      'subject_id',
      activeLinks(database)
        .where('service_id', sequence.serviceId)
        .select('subject_id'),
    )
    .where({ environment: sequence.environment, kind: 'deployment' })
    .whereNull('withdrawn_at')
    .select('source', 'key', 'payload');
  const observations = rows.map(({ source, key, payload }) => {
    const {
      subject,
      environment: _,
      ...content
    } = parsePayload<DeploymentPayload>(payload);
    const { path, application, images } = subject.traits;
    return {
      ...content,
      source,
      key,
      about: {
        subject: `${source}\0${subject.key}`,
        path,
        application,
        images,
      },
    };
  });
  const isUnread = observations.some(each => each.versionName === undefined);
  return readVersions({
    observations,
    positionOf: isUnread
      ? await loadPositions(database, observations)
      : () => undefined,
    images: isUnread ? await imagesOf(database, sequence.serviceId) : [],
  });
}

async function loadPositions(
  database: Knex,
  observations: SourceObservation[],
): Promise<
  (revision: {
    repository: string;
    sha: string;
  }) => RevisionPosition | undefined
> {
  const shas = new Set(
    observations
      .filter(({ versionName }) => versionName === undefined)
      .flatMap(({ manifestRevision, otherRevisions = [] }) =>
        manifestRevision ? [manifestRevision, ...otherRevisions] : [],
      )
      .map(({ sha }) => sha),
  );
  const known = new Map<string, RevisionPosition>();
  for (const chunk of chunksOf([...shas])) {
    const rows = await database('git_revision')
      .whereIn('sha', chunk)
      .select('repository', 'sha', 'mirror', 'position');
    for (const { repository, sha, mirror, position } of rows) {
      known.set(`${repository} ${sha}`, {
        repository: mirror,
        position: toNumber(position as number | null),
      });
    }
  }
  return ({ repository, sha }) => known.get(`${repository} ${sha}`);
}

/** The image repositories that a service says are its own. */
async function imagesOf(database: Knex, serviceId: string): Promise<string[]> {
  const row = await database('service')
    .where({ id: serviceId })
    .first('annotations');
  const image: string =
    JSON.parse(row?.annotations ?? '{}')[annotations.image] ?? '';
  return image
    .split(',')
    .map(each => each.trim())
    .filter(each => each !== '');
}
