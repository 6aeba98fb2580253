import {
  attributionOf,
  measuredOf,
  type Objective,
  type ObjectiveChart,
  type SlotSeries,
} from '@day2/backstage-plugin-day2-common';
import { iso, type Range } from '../http/range';

const MILLION = 1e6;

/** A deployment that may have spent of a budget. Instants are epoch milliseconds. */
export interface SpendingDeployment {
  id: string;
  serviceRef: string;
  environment: string;
  version: string;
  finishedAt: number;
  /** When its failure was over. */
  recoveredAt?: number;
  /** It is a rollback: id of the deployment that it replaced. */
  undoes?: string;
  /** The caller may see it. */
  visible: boolean;
}

/**
 * What each deployment spent of the period's budget, the largest first; those that
 * spent nothing are left out, those that the caller may not see are one sum.
 */
export function budgetShares(options: {
  objective: Objective;
  slots: SlotSeries;
  period: Range;
  deployments: SpendingDeployment[];
}): Pick<ObjectiveChart, 'shares' | 'hidden' | 'notAttributed' | 'used'> {
  const { objective, slots, period, deployments } = options;
  const { target } = objective;
  const attribution = attributionOf({
    measured: measuredOf({ ...objective, slots }),
    target,
    range: period,
    deployments,
  });
  if (!attribution) {
    return { shares: [] };
  }
  const byId = new Map(deployments.map(each => [each.id, each]));
  const isSeen = ({ id }: { id: string }) => byId.get(id)!.visible;
  const hiddenPpm = attribution.shares
    .filter(share => !isSeen(share))
    .reduce((sum, { spentPpm }) => sum + spentPpm, 0);
  return {
    used: attribution.usedPpm / MILLION,
    ...(hiddenPpm > 0 ? { hidden: hiddenPpm / MILLION } : {}),
    notAttributed: attribution.notAttributedPpm / MILLION,
    shares: attribution.shares
      .filter(share => share.spentPpm > 0 && isSeen(share))
      .sort((a, b) => b.spentPpm - a.spentPpm)
      .map(({ id, spentPpm }) => {
        const { serviceRef, environment, version, finishedAt } = byId.get(id)!;
        return {
          deploymentId: id,
          serviceRef,
          environment,
          version,
          finishedAt: iso(finishedAt),
          spent: spentPpm / MILLION,
        };
      }),
  };
}
