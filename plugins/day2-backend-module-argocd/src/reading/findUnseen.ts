import type { SourceBatch } from '@day2/backstage-plugin-day2-node';
import { applicationKey } from '../mapping/toApplication';
import type { ArgocdCursor, Known } from './cursor';
import { failureWords } from './failureWords';

const reasons: Record<Exclude<Known['w'], 'failed' | undefined>, string> = {
  refused: 'Argo CD refuses to show it (403)',
  unreadable: 'what Argo CD says of it could not be understood',
};

/** Applications that stand as they were read before, since they cannot be read now. */
export function findUnseen(
  cursor: ArgocdCursor,
): NonNullable<SourceBatch['unseen']> {
  return Object.entries(cursor.apps)
    .flatMap(([name, { u, s, w }]) =>
      u !== undefined && s !== undefined && w !== undefined
        ? [
            {
              key: applicationKey(u),
              since: s,
              reason:
                w === 'failed'
                  ? `Argo CD ${failureWords(
                      cursor.failing[name]?.e,
                    )} when asked for it`
                  : reasons[w],
            },
          ]
        : [],
    )
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
