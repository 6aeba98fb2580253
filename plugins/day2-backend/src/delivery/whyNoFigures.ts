import type {
  ScoreboardGrouping,
  WhyEmpty,
} from '@day2/backstage-plugin-day2-common';
import { iso, type Range } from '../http/range';

const SAYS: Record<ScoreboardGrouping, string> = {
  organisation: 'There is no service',
  domain: 'No service belongs to a system that names a domain',
  system: 'No service names its system',
  team: 'No service names its owner',
  service: 'There is no service',
};

/** Why a scoreboard has no row. */
export function whyNoGroups(options: {
  grouping: ScoreboardGrouping;
  within?: string;
  /** Services that the caller may not see. */
  hidden: number;
}): WhyEmpty {
  if (options.hidden > 0) {
    return {
      reason: 'forbidden',
      text: 'There is no service of it that you may see',
      fix: {
        text: 'Ask who keeps the portal’s permission policy for catalog.entity.read',
        docs: 'docs/permissions.md',
      },
    };
  }
  const { grouping, within } = options;
  return {
    reason: 'nothing-found',
    text: within
      ? `No service belongs to ${within}, or to anything in it`
      : SAYS[grouping],
    fix: {
      text: 'Register components in the catalog, with spec.owner and spec.system',
      docs: 'docs/services.md',
    },
  };
}

/** Why there is no row behind a figure. */
export function whyNoRecords(options: {
  range: Range;
  /** Of the group, that the caller may see. */
  services: number;
}): WhyEmpty {
  const day = (at: number) => iso(at).slice(0, 10);
  const { from, to } = options.range;
  return {
    reason: 'nothing-found',
    text:
      options.services === 0
        ? 'It has no service that you may see'
        : `No such deployment from ${day(from)} to ${day(to - 1)}`,
  };
}
