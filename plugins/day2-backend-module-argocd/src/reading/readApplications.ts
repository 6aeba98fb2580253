import {
  isSourceError,
  type Observation,
  type SourceBatch,
} from '@day2/backstage-plugin-day2-node';
import type { ArgocdClient } from '../client';
import {
  describeApplication,
  type MappingContext,
} from '../mapping/describeApplication';
import { toApplication } from '../mapping/toApplication';
import { toDeployments } from '../mapping/toDeployments';
import { Application } from '../schema';
import type { Listed } from './readList';

/** As many may be ill by themselves, though nothing else was asked for. */
const fewFailures = 5;

/** What became of one application of the list. */
export type Outcome = { listed: Listed } & (
  | { kind: 'read'; uid: string }
  | { kind: 'unreadable' | 'gone' | 'refused' | 'failed' }
);

/** What a group of applications says. */
export interface ReadApplications {
  outcomes: Outcome[];
  observations: Observation[];
  rejected: NonNullable<SourceBatch['rejected']>;
}

/**
 * Reads applications in whole, at once.
 *
 * @throws SourceError where Argo CD itself cannot be read
 */
export async function readApplications(options: {
  client: ArgocdClient;
  context: MappingContext;
  group: Listed[];
  signal: AbortSignal;
}): Promise<ReadApplications> {
  const { client, context, group, signal } = options;
  const result: ReadApplications = {
    outcomes: [],
    observations: [],
    rejected: [],
  };
  const answers = await Promise.all(
    group.map(async listed => {
      try {
        return { listed, raw: await client.get({ ...listed, signal }) };
      } catch (error) {
        if (!isOfOneApplication(error)) {
          // Ends the run at once; whoever still waits is let go with it.
          throw error;
        }
        return { listed, error };
      }
    }),
  );
  const failed = answers.filter(
    answer => 'error' in answer && kindOf(answer.error) === 'failed',
  );
  const [first] = failed;
  if (
    first &&
    'error' in first &&
    failed.length === group.length &&
    failed.length >= fewFailures
  ) {
    // Where all fail alike it is no matter of one application.
    throw first.error;
  }
  for (const answer of answers) {
    const { listed } = answer;
    if ('error' in answer) {
      const kind = kindOf(answer.error);
      result.outcomes.push({ listed, kind });
      if (kind === 'failed') {
        result.rejected.push({
          key: listed.key,
          reason:
            'Argo CD answered with an error of its own (500) when asked for this application; its log tells why',
          item: { application: listed.key },
        });
      }
    } else {
      takeIn({ listed, raw: answer.raw, context, result });
    }
  }
  return result;
}

function takeIn(options: {
  listed: Listed;
  raw: unknown;
  context: MappingContext;
  result: ReadApplications;
}): void {
  const { listed, raw, context, result } = options;
  const parsed = Application.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    result.outcomes.push({ listed, kind: 'unreadable' });
    result.rejected.push({
      key: listed.key,
      reason: `${issue.path.join('.') || 'application'}: ${issue.message}`,
      item: summaryOf(raw),
    });
    return;
  }
  const app = parsed.data;
  const described = describeApplication(app, context);
  const { deployments, unnamed } = toDeployments(described);
  const unreadable = app.status?.history.unreadable ?? [];
  result.outcomes.push({ listed, kind: 'read', uid: app.metadata.uid });
  result.observations.push(toApplication(described), ...deployments);
  result.rejected.push(
    ...unreadable.map(item => ({
      key: listed.key,
      reason: 'an entry of its history has no id or no time',
      item: summaryOf(item),
    })),
    ...unnamed.map(({ id, deployedAt }) => ({
      key: `${app.metadata.uid}:${id}`,
      reason: 'an entry of its history names neither a revision nor a version',
      item: { application: listed.key, id, deployedAt },
    })),
  );
}

/** Enough to find it by: the whole may hold values that are nobody else's business. */
function summaryOf(raw: unknown): unknown {
  const { metadata, id, deployedAt } = (raw ?? {}) as Record<string, unknown>;
  const { name, namespace, uid } = (metadata ?? {}) as Record<string, unknown>;
  return { name, namespace, uid, id, deployedAt };
}

function isOfOneApplication(error: unknown): boolean {
  return isSourceError(error) && [403, 404, 500].includes(error.status ?? 0);
}

function kindOf(error: unknown): 'gone' | 'refused' | 'failed' {
  const status = isSourceError(error) ? error.status : undefined;
  if (status === 404) {
    return 'gone';
  }
  return status === 403 ? 'refused' : 'failed';
}
