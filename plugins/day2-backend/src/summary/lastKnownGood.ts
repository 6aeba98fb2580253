/** How long a version must have run well. */
const GOOD_AFTER_MS = 24 * 3_600_000;

/** What the definition reads of a deployment that went live. */
export interface LiveDeployment {
  id: string;
  version: string;
  /** Epoch milliseconds. */
  finishedAt: number;
  outcome: 'ok' | 'failed' | 'undone';
}

/**
 * The last version that ran for 24 hours and none of whose deployments in that
 * time failed or was undone. Deployments of one version in a row are one run.
 *
 * @param options - deployments of one environment, newest first
 */
export function lastKnownGood(options: {
  deployments: LiveDeployment[];
  /** Epoch milliseconds. */
  now: number;
}): LiveDeployment | undefined {
  let end = options.now;
  let run: LiveDeployment[] = [];
  for (const [index, deployment] of options.deployments.entries()) {
    run.push(deployment);
    const older = options.deployments[index + 1];
    if (older?.version === deployment.version) {
      continue;
    }
    if (
      end - deployment.finishedAt >= GOOD_AFTER_MS &&
      run.every(({ outcome }) => outcome === 'ok')
    ) {
      return deployment;
    }
    end = deployment.finishedAt;
    run = [];
  }
  return undefined;
}
