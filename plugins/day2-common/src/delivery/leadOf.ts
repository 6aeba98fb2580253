import type { Reason } from '../deployments/deployment';
import type { CommitLead, DeliveryInput, DeliveryLead } from './delivery';

/** The largest number of seconds that is kept: that of an int32, 68 years. */
export const MAX_SECONDS = 2 ** 31 - 1;

/**
 * The lead time of each commit that a deployment brought first: its finish
 * minus the committer time, in whole seconds. Merge commits and those that an
 * earlier deployment brought are left out; negative ones (and ones of over 68
 * years) are anomalies.
 *
 * @param options - `counts`: it is one of D
 */
export function leadOf(options: {
  deployment: DeliveryInput;
  counts: boolean;
}): { lead: DeliveryLead; reasons: Reason[] } {
  const { deployment, counts } = options;
  const lead: DeliveryLead = {
    commits: [],
    anomalies: [],
    merges: 0,
    earlier: 0,
    expected: false,
    measured: false,
  };
  if (!counts) {
    return {
      lead,
      reasons: [reason('lead-none', 'It counts as no deployment')],
    };
  }
  if (deployment.previous === undefined) {
    return {
      lead,
      reasons: [
        reason(
          'first-recorded',
          'It is the first one recorded: what it carried since the one before is not known',
        ),
      ],
    };
  }
  const { list, complete, reason: why } = deployment.commits;
  lead.expected = true;
  lead.measured = complete;
  for (const commit of list) {
    if (commit.isMerge) {
      lead.merges += 1;
    } else if (!commit.first) {
      lead.earlier += 1;
    } else {
      const exact = (deployment.finishedAt - commit.committedAt) / 1000;
      const { repository, sha } = commit;
      const each = { repository, sha, seconds: Math.round(exact) };
      const odd = exact < 0 || each.seconds > MAX_SECONDS;
      (odd ? lead.anomalies : lead.commits).push(each);
    }
  }
  lead.commits.sort(bySeconds);
  lead.anomalies.sort(bySeconds);
  return {
    lead,
    reasons: [
      reason('lead-measured', `Commits measured: ${lead.commits.length}`),
      ...left('merge', lead.merges, 'Merge commits left out'),
      ...left(
        'carried-before',
        lead.earlier,
        'Left out, because an earlier deployment brought them',
      ),
      ...left(
        'negative-lead',
        lead.anomalies.length,
        'Left out, because their committer time lies after the finish or over 68 years before it',
      ),
      ...(complete
        ? []
        : [
            reason(
              'commits-incomplete',
              why ?? 'Not all its commits are known',
            ),
          ]),
    ],
  };
}

function bySeconds(a: CommitLead, b: CommitLead): number {
  return (
    a.seconds - b.seconds ||
    (`${a.repository} ${a.sha}` < `${b.repository} ${b.sha}` ? -1 : 1)
  );
}

function left(code: string, count: number, text: string): Reason[] {
  return count === 0 ? [] : [reason(code, `${text}: ${count}`)];
}

function reason(code: string, text: string): Reason {
  return { code, text };
}
