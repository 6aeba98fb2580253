import type { SourceStatus } from '@day2/backstage-plugin-day2-common';
import type { Source } from '@day2/backstage-plugin-day2-node';
import { iso } from '../http/range';
import { POSTED_SOURCE_ID } from '../ingest';
import { DIRECTORY_SOURCE_ID } from '../services/DirectoryLease';

/**
 * What every portal has without configuring it: the catalog, which the
 * directory of services reads, and what pipelines post. Listed beside the
 * configured sources, so that nothing the pages depend on fails unseen.
 */
export const builtInSources: Source[] = [
  {
    id: DIRECTORY_SOURCE_ID,
    type: 'catalog',
    title: 'Catalog',
    detail: 'services, owners and users',
    kinds: [],
    everySeconds: 60,
    pull: nothing,
  },
  {
    id: POSTED_SOURCE_ID,
    type: 'api',
    title: 'Posted',
    detail: 'POST /api/day2/deployments and /events',
    kinds: ['deployment'],
    everySeconds: 60,
    pull: nothing,
  },
];

/**
 * What is wrong in the hub's own configuration, as a source that fails: where
 * people look when something is missing. Undefined where nothing is.
 */
export function configurationStatus(
  problems: string[],
): SourceStatus | undefined {
  if (problems.length === 0) {
    return undefined;
  }
  return {
    id: 'configuration',
    type: 'configuration',
    title: 'Configuration',
    detail: 'day2 in app-config',
    state: 'failing',
    error: {
      code: 'misconfigured',
      text:
        problems.length === 1
          ? problems[0]
          : `${problems.length} settings are wrong`,
      fix: 'Correct app-config and start the portal again; the rest of it is in force',
    },
    notices: problems.length === 1 ? [] : problems,
    counts: {},
    skipped: {},
    quarantined: 0,
    controls: [],
  };
}

// They are listed, not run: the directory has a lease of its own.
async function* nothing(): AsyncGenerator<never> {}

/** What is particular to built-in sources; others stay as they are. */
export function builtInStatus(options: {
  status: SourceStatus;
  /** Since when the catalog names far fewer services; epoch milliseconds. */
  dropSince?: number;
}): SourceStatus {
  const { status, dropSince } = options;
  if (status.id === POSTED_SOURCE_ID) {
    return {
      ...status,
      // It is sent to, never read: silence is no fault and no lag.
      state: status.lastAttemptAt === undefined ? 'never-run' : 'ok',
      everySeconds: undefined,
      lagSeconds: undefined,
      controls: [],
    };
  }
  if (status.id === DIRECTORY_SOURCE_ID) {
    return {
      ...status,
      notices:
        dropSince === undefined
          ? status.notices
          : [
              `It names far fewer services than before, since ${iso(
                dropSince,
              ).slice(
                0,
                16,
              )} UTC; none is removed until it has done so for a day`,
              ...status.notices,
            ],
      controls: ['run'],
    };
  }
  return status;
}
