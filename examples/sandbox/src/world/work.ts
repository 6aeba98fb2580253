import type { Random } from '../random/Random';
import type { ServiceSpec } from './ServiceSpec';

/** What one pull request does, in words and in constants of the source. */
export interface Work {
  kind: 'feature' | 'fix' | 'chore';
  title: string;
  /** Slug for the branch's name. */
  slug: string;
  issue?: string;
  constants: Array<{ name: string; value: number }>;
}

const features = [
  'Batch requests to the upstream',
  'Retry idempotent calls with jitter',
  'Cache lookups for a minute',
  'Expose queue depth as a metric',
  'Page through large results',
  'Support a second currency per order',
  'Stream exports instead of buffering them',
  'Accept the new webhook version',
  'Add a dry-run mode',
  'Trace calls across services',
  'Shard the nightly job',
  'Let support staff resend a message',
] as const;
const fixes = [
  'Close connections on time-out',
  'Do not round twice',
  'Handle an empty page',
  'Keep the order of retries',
  'Return 409 on a duplicate',
  'Stop logging full payloads',
  'Wait for the cache before serving',
  'Fix the time zone of cut-off times',
  'Guard against a missing address',
  'Release the lock when the job fails',
] as const;
const chores = [
  'Split the storage module',
  'Remove the old flag',
  'Tidy error messages',
  'Raise the coverage of limits',
  'Rename settings to match the docs',
  'Drop the unused client',
] as const;
const constantNames = [
  'retryBudget',
  'pageSize',
  'cacheSeconds',
  'connectTimeoutMs',
  'queueLimit',
  'batchSize',
  'maxAttempts',
  'sampleRate',
  'idleSeconds',
  'workerCount',
] as const;

/** Something a developer of that service might do. */
export function makeWork(options: {
  spec: ServiceSpec;
  random: Random;
  issueNumber: number;
}): Work {
  const { spec, random, issueNumber } = options;
  const { kind, titles } = pickKind(random);
  const title = random.pick(titles);
  const count = random.int(1, 3);
  const first = random.int(0, constantNames.length - 1);
  return {
    kind,
    title,
    slug: slugOf(title),
    issue: random.chance(0.75) ? `${spec.issues}-${issueNumber}` : undefined,
    constants: Array.from({ length: count }, (_, i) => ({
      name: constantNames[(first + i * 3) % constantNames.length],
      value: random.int(1, 1_000_000),
    })),
  };
}

function pickKind(random: Random): {
  kind: Work['kind'];
  titles: readonly string[];
} {
  const dice = random.next();
  if (dice < 0.45) {
    return { kind: 'feature', titles: features };
  }
  return dice < 0.82
    ? { kind: 'fix', titles: fixes }
    : { kind: 'chore', titles: chores };
}

/** A title as part of a branch's name. */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
