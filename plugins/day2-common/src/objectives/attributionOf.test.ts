import { randomOf } from '../delivery/__testUtils__/random';
import { START, told } from './__testUtils__/series';
import { attributionOf, type AttributedDeployment } from './attributionOf';
import type { Budgeting } from './budgeting';
import { measuredOf } from './measured';
import { SLOT_MS } from './slots';

const occurrences: Budgeting = { method: 'occurrences' };

/** `id@slot`, or `id@slot-slot` of its finish and recovery; `id@slot!a` undoes a. */
function deployments(text: string): AttributedDeployment[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map(word => {
      const [, id, finished, recovered, undoes] =
        /^(\w+)@([\d.]+)(?:-([\d.]+))?(?:!(\w+))?$/.exec(word)!;
      const at = (slot: string) => START + Number(slot) * SLOT_MS;
      return {
        id,
        finishedAt: at(finished),
        ...(recovered ? { recoveredAt: at(recovered) } : {}),
        ...(undoes ? { undoes } : {}),
      };
    });
}

function attributed(
  text: string,
  told_: string,
  budgeting = occurrences,
  fromSlot = 0,
) {
  const slots = told(text);
  return attributionOf({
    measured: measuredOf({ slots, budgeting }),
    target: 0.9,
    range: {
      from: START + fromSlot * SLOT_MS,
      to: START + slots.total.length * SLOT_MS,
    },
    deployments: deployments(told_),
  });
}

/** Shares in per cent of the budget. */
const inPercent = (answer: ReturnType<typeof attributed>) =>
  answer && [
    answer.usedPpm / 1e4,
    ...answer.shares.map(({ id, spentPpm }) => `${id} ${spentPpm / 1e4}`),
    answer.notAttributedPpm / 1e4,
  ];

describe('attributionOf', () => {
  it.each([
    // 20 slots of 100: 2000, of which 200 may be bad; 20 are 10 %.
    ['a bad release', '12x0/100 2x10/100 6x0/100', 'a@12', [10, 'a 10', 0]],
    [
      'what was bad before is no one’s',
      '12x2/100 8x7/100',
      'a@12',
      [40, 'a 20', 20],
    ],
    [
      'the slot in which it finished is its own',
      '12x0/100 20/100 7x0/100',
      'a@12.9',
      [10, 'a 10', 0],
    ],
    [
      'until the next, which did not make it worse',
      '12x0/100 12x10/100',
      'a@12 b@18',
      [50, 'a 25', 'b 12.5', 12.5],
    ],
    ['until its recovery', '12x0/100 8x10/100', 'a@12-16', [40, 'a 20', 20]],
    ['not before any data', '20x10/100', 'a@0', [100, 'a 0', 100]],
    [
      'better than before costs nothing',
      '12x10/100 8x5/100',
      'a@12',
      [80, 'a 0', 80],
    ],
    [
      'two in one slot: the last of them',
      '12x0/100 8x10/100',
      'b@12.5 a@12',
      [40, 'a 0', 'b 40', 0],
    ],
    ['no deployment', '20x10/100', '', [100, 100]],
    [
      'a release and its rollback in one slot: the release',
      '12x0/100 20/100 7x0/100',
      'a@12.2 b@12.7!a',
      [10, 'a 10', 'b 0', 0],
    ],
    [
      'until its rollback took effect, its slot with it',
      '12x0/100 2x10/100 6x0/100',
      'a@12.2 b@13.5!a',
      [10, 'a 10', 'b 0', 0],
    ],
    [
      'what is left after the rollback is less than what it undid: no one’s',
      '12x0/100 20/100 5/100 6x0/100',
      'a@12.2 b@12.7!a',
      [12.5, 'a 10', 'b 0', 2.5],
    ],
    [
      'a rollback that makes it worse',
      '12x0/100 10/100 7x20/100',
      'a@12.2 b@12.7!a',
      [75, 'a 5', 'b 35', 35],
    ],
    [
      'at the beginning of a slot it took effect before it',
      '12x0/100 10/100 7x20/100',
      'a@12.2 b@13!a',
      [75, 'a 5', 'b 35', 35],
    ],
    [
      'another between them in the slot is not what was undone',
      '12x0/100 20/100 7x0/100',
      'a@12.2 x@12.4 b@12.7!a',
      [10, 'a 10', 'x 0', 'b 0', 0],
    ],
    [
      'of two in a slot the one that was undone, until the next',
      '12x0/100 2x10/100 3x20/100 3x0/100',
      'a@12.2 b@14.1 c@14.8!b',
      // Of b: 20 less the 1 2/3 of the hour before, of 200.
      [40, 'a 10', 'b 9.1666', 'c 0', 20.8334],
    ],
    [
      'a rollback of what is not known takes its slot',
      '12x0/100 20/100 7x0/100',
      'b@12.7!gone',
      [10, 'b 10', 0],
    ],
    [
      'a recovery ends it before its rollback does',
      '12x0/100 8x10/100',
      'a@12-14 b@15.5!a',
      [40, 'a 10', 'b 0', 30],
    ],
  ])('%s', (_, text, given, answer) => {
    expect(inPercent(attributed(text, given))).toEqual(answer);
  });

  it('compares with the hour before, also where the next is bad already', () => {
    // Of b the hour is 6 slots good, 6 of 10 %: 5 % is what it is compared with.
    const answer = attributed('12x0/100 12x10/100', 'a@12 b@18')!;
    expect(answer.shares.map(({ base }) => base)).toEqual([0, 0.05]);
  });

  it('ends after six hours', () => {
    // 12 + 72 + 12 slots of 100: 9600, budget 960; 72 and 12 bad.
    const answer = attributed('12x0/100 84x1/100', 'a@12')!;
    expect(answer).toEqual({
      usedPpm: 87_500,
      shares: [{ id: 'a', spentPpm: 75_000, base: 0 }],
      notAttributedPpm: 12_500,
    });
  });

  it('leaves out what was before the period, of a deployment before it', () => {
    // From slot 14 on: six slots of 100, 10 bad each; two of them until recovery.
    expect(
      attributed('12x0/100 8x10/100', 'a@12-16', occurrences, 14),
    ).toMatchObject({ usedPpm: 1e6, shares: [{ spentPpm: 333_333 }] });
  });

  it('counts slices as the budget does', () => {
    const slices: Budgeting = {
      method: 'timeslices',
      sliceMs: 2 * SLOT_MS,
      sliceTarget: 0.95,
    };
    // Ten slices, one may be bad; two are.
    expect(
      inPercent(attributed('12x0/100 4x10/100 4x0/100', 'a@12', slices)),
    ).toEqual([200, 'a 200', 0]);
  });

  it.each([['20x.'], ['20x0/0']])('says nothing of %s', text => {
    expect(attributed(text, 'a@12')).toBeUndefined();
  });

  it('sums to what was used, and is what a plain computation gives', () => {
    const random = randomOf(21);
    for (let round = 0; round < 200; round += 1) {
      const length = 600;
      const raw = Array.from({ length }, () => {
        const total = Math.floor(random() * 900);
        return random() < 0.05
          ? undefined
          : { bad: Math.floor(total * random() ** 4), total };
      });
      const given = Array.from({ length: Math.floor(random() * 12) }, () =>
        // Some in one slot.
        random() < 0.3 ? 300 + random() : random() * length,
      )
        .sort((a, b) => a - b)
        .map((at, index) => {
          const end =
            random() < 0.3 ? `-${(at + random() * 40).toFixed(2)}` : '';
          const undoes =
            index > 0 && random() < 0.4
              ? `!d${Math.floor(random() * index)}`
              : '';
          return `d${index}@${at.toFixed(2)}${end}${undoes}`;
        })
        .join(' ');
      const answer = attributed(
        raw.map(slot => (slot ? `${slot.bad}/${slot.total}` : '.')).join(' '),
        given,
      )!;
      expect(
        answer.shares.reduce(
          (sum, { spentPpm }) => sum + spentPpm,
          answer.notAttributedPpm,
        ),
      ).toBe(answer.usedPpm);

      const sum = (from: number, to: number, of: 'bad' | 'total') =>
        raw
          .slice(Math.max(0, from), Math.max(0, to))
          .reduce((all, slot) => all + (slot?.[of] ?? 0), 0);
      const budget = 0.1 * sum(0, length, 'total');
      const inOrder = deployments(given).sort(
        (a, b) => a.finishedAt - b.finishedAt,
      );
      const slotIn = (each: AttributedDeployment) =>
        Math.floor((each.finishedAt - START) / SLOT_MS);
      const isInside = (each: AttributedDeployment) =>
        each.undoes !== undefined &&
        each.finishedAt > START + slotIn(each) * SLOT_MS;
      const turn = (each: AttributedDeployment) =>
        slotIn(each) + (isInside(each) ? 1 : 0);
      const byId = new Map(inOrder.map(each => [each.id, each]));
      const ownerOf = (index: number) => {
        const undoing = inOrder
          .filter(each => isInside(each) && slotIn(each) === index)
          .at(-1);
        const latest = [...inOrder]
          .filter(each => turn(each) <= index)
          .sort((a, b) => turn(a) - turn(b))
          .at(-1);
        return undoing ? byId.get(undoing.undoes!) : latest;
      };
      const spent = new Map(inOrder.map(({ id }) => [id, 0]));
      raw.forEach((slot, index) => {
        const start = START + index * SLOT_MS;
        const owner = ownerOf(index);
        if (!slot || !owner) {
          return;
        }
        const own = turn(owner);
        const undone = byId.get(owner.undoes ?? '');
        const since = Math.max(own - 12, undone ? slotIn(undone) : -Infinity);
        const before = sum(since, own, 'total');
        const over =
          start < (owner.recoveredAt ?? Infinity) &&
          start < owner.finishedAt + 6 * 3600_000;
        if (over && before > 0) {
          const base = sum(since, own, 'bad') / before;
          spent.set(
            owner.id,
            spent.get(owner.id)! + Math.max(0, slot.bad - base * slot.total),
          );
        }
      });
      for (const { id, spentPpm } of answer.shares) {
        expect(
          Math.abs(spentPpm - (spent.get(id)! / budget) * 1e6),
        ).toBeLessThan(1.001);
      }
    }
  });
});
