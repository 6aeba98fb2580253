import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import type { DirectoryLease } from './DirectoryLease';
import type { ServiceRecorder } from './ServiceRecorder';

/** A drop of more than this share of all services removes nothing. */
const MAX_SHARE = 0.3;
/** A drop that stood this long is believed. */
const BELIEVE_AFTER_MS = 24 * 3_600_000;

/**
 * Makes tombstones of the services a whole pass did not name. An empty answer
 * removes nothing; nor does a large drop until it has stood for a day; and
 * each missing one is asked for by name first, as a page may have been short.
 *
 * @returns how many were removed, and how many were kept in spite of missing
 */
export async function removeVanished(options: {
  database: Knex;
  catalog: CatalogService;
  logger: LoggerService;
  lease: DirectoryLease;
  recorder: ServiceRecorder;
  /** Throws, in a transaction, where the lease was lost. */
  holding: (transaction: Knex) => Promise<void>;
  credentials: BackstageCredentials;
  seen: Set<string>;
  /** Epoch milliseconds. */
  now: number;
}): Promise<{ removed: number; kept: number }> {
  const { seen, lease, now } = options;
  const live: { id: string; ref: string }[] = await options
    .database('service')
    .whereNull('removed_at')
    .select('id', 'ref');
  const missing = live.filter(row => !seen.has(row.ref));
  const state = await lease.state();
  const isDrop =
    missing.length > 0 &&
    (seen.size === 0 || missing.length > live.length * MAX_SHARE);

  if (isDrop) {
    const dropSince = state.dropSince ?? now;
    if (state.dropSince === undefined) {
      await lease.setState({ ...state, dropSince });
    }
    if (seen.size === 0 || now - dropSince < BELIEVE_AFTER_MS) {
      options.logger.warn(
        'The catalog names far fewer services than before; none is removed until it has done so for a day',
        { missing: missing.length, known: live.length, since: dropSince },
      );
      return { removed: 0, kept: missing.length };
    }
  } else if (state.dropSince !== undefined) {
    await lease.setState({ ...state, dropSince: undefined });
  }

  let removed = 0;
  for (let at = 0; at < missing.length; at += 100) {
    const chunk = missing.slice(at, at + 100);
    const answer = await options.catalog.getEntitiesByRefs(
      { entityRefs: chunk.map(row => row.ref), fields: ['kind'] },
      { credentials: options.credentials },
    );
    const gone = chunk.filter((_, index) => !answer.items[index]);
    await options.recorder.remove(
      gone.map(row => row.id),
      { holding: options.holding },
    );
    removed += gone.length;
  }
  return { removed, kept: missing.length - removed };
}
