import type {
  Observation,
  SourceBatch,
  SourceError,
} from '@day2/backstage-plugin-day2-node';
import type { ArgocdClient } from '../client';
import {
  describeApplication,
  type MappingContext,
} from '../mapping/describeApplication';
import { fitApplication, fitDeployment } from '../mapping/fit';
import { toApplication } from '../mapping/toApplication';
import { toDeployments } from '../mapping/toDeployments';
import { Application } from '../schema';
import { failureWords } from './failureWords';
import { isOfAll } from './isOfAll';
import type { Listed } from './readList';

/** As many may be ill by themselves, though nothing else was asked for. */
const fewFailures = 5;

/** Ends the reading of a group with the first of its errors. */
class AllFail extends Error {
  constructor(readonly first: unknown) {
    super('All fail');
  }
}

/** What became of one application of the list. */
export type Outcome = { listed: Listed } & (
  | { kind: 'read'; uid: string }
  | { kind: 'failed'; status?: number }
  | { kind: 'unreadable' | 'gone' | 'refused' }
);

/** What a group of applications says. */
export interface ReadApplications {
  outcomes: Outcome[];
  observations: Observation[];
  rejected: NonNullable<SourceBatch['rejected']>;
  /** Set where Argo CD fails at all that it is asked for; the outcomes tell of those alone. */
  error?: unknown;
}

/**
 * Reads applications in whole, at once.
 *
 * @param options - `failing`: they failed when they were asked for last, which
 * says nothing of the others
 * @throws SourceError where Argo CD itself cannot be read
 */
export async function readApplications(options: {
  client: ArgocdClient;
  context: MappingContext;
  group: Listed[];
  failing: boolean;
  signal: AbortSignal;
}): Promise<ReadApplications> {
  const { client, context, group, failing, signal } = options;
  const result: ReadApplications = {
    outcomes: [],
    observations: [],
    rejected: [],
  };
  const failed: Extract<Outcome, { kind: 'failed' }>[] = [];
  let answered = 0;
  let answers: { listed: Listed; raw?: unknown; outcome?: Outcome }[];
  try {
    answers = await Promise.all(
      group.map(async listed => {
        try {
          const raw = await client.get({ ...listed, failing, signal });
          answered += 1;
          return { listed, raw };
        } catch (error) {
          if (isOfAll(error)) {
            // Ends the run at once; whoever still waits is let go with it.
            throw error;
          }
          const { status } = error as SourceError;
          if (status === 404 || status === 403) {
            answered += 1;
            const kind = status === 404 ? 'gone' : 'refused';
            return { listed, outcome: { listed, kind } as const };
          }
          const outcome = { listed, kind: 'failed', status } as const;
          failed.push(outcome);
          if (!failing && answered === 0 && failed.length >= fewFailures) {
            // Where all fail alike it is no matter of one application.
            throw new AllFail(error);
          }
          return { listed, outcome };
        }
      }),
    );
  } catch (error) {
    if (error instanceof AllFail) {
      return { ...result, outcomes: failed, error: error.first };
    }
    throw error;
  }
  for (const { listed, raw, outcome } of answers) {
    if (!outcome) {
      try {
        takeIn({ listed, raw, context, result });
      } catch {
        // As of values nested too deep.
        result.outcomes.push({ listed, kind: 'unreadable' });
        result.rejected.push({
          key: listed.key,
          reason: 'what Argo CD says of it could not be understood',
          item: { application: listed.key },
        });
      }
      continue;
    }
    result.outcomes.push(outcome);
    if (outcome.kind === 'failed') {
      result.rejected.push({
        key: listed.key,
        reason: `Argo CD ${failureWords(
          outcome.status,
        )} when asked for this application; its log tells why, or that of what stands before it`,
        item: { application: listed.key },
      });
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
  const { unreadable = [], repeated = [] } = app.status?.history ?? {};
  const observations = [
    fitApplication(toApplication(described)),
    ...deployments.map(fitDeployment),
  ];
  result.outcomes.push({ listed, kind: 'read', uid: app.metadata.uid });
  result.observations.push(...observations);
  result.rejected.push(
    ...unreadable.map(item => ({
      key: listed.key,
      reason: 'an entry of its history has no id or no time',
      item: summaryOf(item),
    })),
    ...repeated.map(item => ({
      key: listed.key,
      reason: 'an entry of its history has the id of a later one',
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
