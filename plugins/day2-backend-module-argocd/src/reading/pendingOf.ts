import type { Run } from './remember';
import type { Listed } from './readList';

/** Read in whole at once; each has a dozen observations or so. */
const groupSize = 24;
/** Of those that failed as many at once, each of which may take its time. */
const failingSize = 12;

/** What a run reads: applications of which the list says something new, or all; last those that failed before, by turns. */
export function pendingOf({ cursor, listed }: Run): {
  groups: { group: Listed[]; failing: boolean }[];
  total: number;
} {
  const moved: Listed[] = [];
  const failing: Listed[] = [];
  for (const each of listed.values()) {
    const known = cursor.apps[each.key];
    if (cursor.failing[each.key]) {
      failing.push(each);
    } else if (
      known?.h !== each.hash ||
      (cursor.fullAt === undefined && known.n !== cursor.reading)
    ) {
      moved.push(each);
    }
  }
  failing.sort((a, b) => cursor.failing[a.key].at - cursor.failing[b.key].at);
  // Where none can be read, that is so of Argo CD itself.
  const ofSome = failing.length < listed.size;
  return {
    groups: [
      ...groupsOf(moved, groupSize).map(group => ({ group, failing: false })),
      ...groupsOf(failing, failingSize).map(group => ({
        group,
        failing: ofSome,
      })),
    ],
    total: moved.length + failing.length,
  };
}

function groupsOf(all: Listed[], size: number): Listed[][] {
  const groups: Listed[][] = [];
  for (let from = 0; from < all.length; from += size) {
    groups.push(all.slice(from, from + size));
  }
  return groups;
}
