import { openCursor, writeCursor, type FilesCursor } from './cursor';
import { Doubts } from './Doubts';
import type { PlannedEntity } from './planEntities';

const now = Date.UTC(2026, 10, 21);
const DAY_MS = 86_400_000;

function entity(name: string, etag = 'one'): PlannedEntity {
  return {
    ref: `component:default/${name}`,
    name,
    etag,
    location: { type: 'url', target: 'https://git.example/catalog-info.yaml' },
    isTurn: false,
    isShared: false,
  };
}

const entities = Array.from({ length: 30 }, (_, n) => entity(`s${100 + n}`));

/** One run, killed at an entity: what was read, what was left out, where it stands. */
function run(options: {
  cursor?: ReturnType<typeof writeCursor>;
  all?: PlannedEntity[];
  killedBy?: string;
  at?: number;
}) {
  const { all = entities, killedBy, at: instant = now } = options;
  const cursor = openCursor({ cursor: options.cursor, now: instant });
  const planned = all.filter(({ ref }) => ref > cursor.pass.at);
  const doubts = Doubts.open({ cursor, planned, now: instant });
  const read: string[] = [];
  const left: string[] = [];
  let group = doubts.next(planned, 0);
  let kept: FilesCursor = structuredClone(cursor);
  for (let at = 0; at < planned.length; ) {
    for (const each of group) {
      const isLeft = doubts.filesOf(each) !== undefined;
      (isLeft ? left : read).push(each.name);
      if (!isLeft && each.name === killedBy) {
        return { read, left, cursor: writeCursor(kept), done: false };
      }
      cursor.pass.at = each.ref;
    }
    at += group.length;
    group = doubts.next(planned, at);
    kept = structuredClone(cursor);
  }
  const cursorAfter = writeCursor({ ...kept, pass: undefined });
  return { read, left, cursor: cursorAfter, done: true };
}

it('leaves out what stops the process, and reads the others', () => {
  const killedBy = 's107';
  const first = run({ killedBy });
  expect(first.done).toBe(false);
  // One by one now.
  const second = run({ killedBy, cursor: first.cursor });
  expect(second.read).toHaveLength(8);
  const third = run({ killedBy, cursor: second.cursor });
  expect(third.read).toEqual(['s107']);
  const fourth = run({ killedBy, cursor: third.cursor });
  expect(fourth).toMatchObject({ done: true, left: ['s107'] });
  expect(fourth.read).toHaveLength(22);
  // In the next pass too, without another try.
  const next = run({ killedBy, cursor: fourth.cursor });
  expect(next).toMatchObject({ done: true, left: ['s107'] });
  expect(next.read).toHaveLength(29);
});

it('tries again once it has changed, or after a day', () => {
  let state = run({ killedBy: 's100' });
  while (!state.done) {
    state = run({ killedBy: 's100', cursor: state.cursor });
  }
  const { cursor } = state;
  const changed = [entity('s100', 'two'), ...entities.slice(1)];
  expect(run({ cursor, all: changed }).left).toEqual([]);
  expect(run({ cursor, at: now + DAY_MS }).left).toEqual([]);
  expect(run({ cursor, at: now + DAY_MS - 1 }).left).toEqual(['s100']);
});

it('leaves nothing out where a run merely ended in between', () => {
  const first = run({ killedBy: 's107' });
  const second = run({ cursor: first.cursor });
  expect(second).toMatchObject({ done: true, left: [] });
  expect(second.read).toHaveLength(30);
});
