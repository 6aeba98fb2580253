import type { Run } from './remember';
import type { Listed } from './readList';

/** Read in whole at once; each has a dozen observations or so. The cursor is written once a group, and tells of all. */
const minGroup = 24;
const maxGroup = 120;
/** Of those that failed as many at once, each of which may take its time. */
const failingSize = 12;

/** Applications that are read together. */
export interface PendingGroup {
  group: Listed[];
  /**
   * `moved`: the list says something new of them; `again`: nothing, they are
   * part of a reading of all; `failing`: they failed before, by turns.
   */
  why: 'moved' | 'again' | 'failing';
  /** Others can be read: it is no matter of Argo CD where these cannot. */
  alone: boolean;
}

/** What is to be read, in this order. */
export function pendingOf({ cursor, listed }: Run): {
  groups: PendingGroup[];
  total: number;
} {
  const moved: Listed[] = [];
  const again: Listed[] = [];
  const failing: Listed[] = [];
  for (const each of listed.values()) {
    const known = cursor.apps[each.key];
    if (cursor.failing[each.key]) {
      failing.push(each);
    } else if (known?.h !== each.hash) {
      moved.push(each);
    } else if (cursor.fullAt === undefined && known.n !== cursor.reading) {
      again.push(each);
    }
  }
  failing.sort((a, b) => cursor.failing[a.key].at - cursor.failing[b.key].at);
  const size = Math.min(
    Math.max(Math.ceil(listed.size / 100), minGroup),
    maxGroup,
  );
  const of = (all: Listed[], why: PendingGroup['why']) =>
    groupsOf(all, why === 'failing' ? failingSize : size).map(group => ({
      group,
      why,
      alone: why === 'failing' && failing.length < listed.size,
    }));
  return {
    groups: [
      ...of(moved, 'moved'),
      ...of(again, 'again'),
      ...of(failing, 'failing'),
    ],
    total: moved.length + again.length + failing.length,
  };
}

function groupsOf(all: Listed[], size: number): Listed[][] {
  const groups: Listed[][] = [];
  for (let from = 0; from < all.length; from += size) {
    groups.push(all.slice(from, from + size));
  }
  return groups;
}
