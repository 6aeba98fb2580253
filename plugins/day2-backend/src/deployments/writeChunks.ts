import type { DerivedDeployment } from './DeploymentStore';

// With what each carried, about 50 ms on SQLite.
const MAX_DEPLOYMENTS = 25;
const MAX_COMMITS = 1000;

/**
 * Deployments as they are written, a transaction each: few enough, and with few
 * enough carried commits, that others need not wait. One deployment is never
 * split.
 */
export function writeChunks(
  deployments: readonly DerivedDeployment[],
): DerivedDeployment[][] {
  const chunks: DerivedDeployment[][] = [];
  let commits = Infinity;
  for (const deployment of deployments) {
    const size = deployment.commits?.length ?? 0;
    const chunk = chunks[chunks.length - 1];
    if (
      chunk === undefined ||
      chunk.length >= MAX_DEPLOYMENTS ||
      commits + size > MAX_COMMITS
    ) {
      chunks.push([deployment]);
      commits = size;
    } else {
      chunk.push(deployment);
      commits += size;
    }
  }
  return chunks;
}
