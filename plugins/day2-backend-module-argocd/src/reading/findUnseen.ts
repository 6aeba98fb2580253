import type { SourceBatch } from '@day2/backstage-plugin-day2-node';
import { applicationKey } from '../mapping/toApplication';
import type { ArgocdCursor, Known } from './cursor';

const reasons: Record<NonNullable<Known['w']>, string> = {
  refused: 'Argo CD refuses to show it (403)',
  failed: 'Argo CD answers with an error of its own (500) when asked for it',
  unreadable: 'what Argo CD says of it could not be understood',
};

/** Applications that stand as they were read before, since they cannot be read now. */
export function findUnseen(
  cursor: ArgocdCursor,
): NonNullable<SourceBatch['unseen']> {
  return Object.values(cursor.apps)
    .flatMap(({ u, s, w }) =>
      u !== undefined && s !== undefined && w !== undefined
        ? [{ key: applicationKey(u), since: s, reason: reasons[w] }]
        : [],
    )
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
