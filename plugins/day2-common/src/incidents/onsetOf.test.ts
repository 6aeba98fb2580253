import { START, told } from '../objectives/__testUtils__/series';
import { SLOT_MS } from '../objectives/slots';
import { healthyMsBefore, onsetOf } from './onsetOf';

const slot = (index: number) => START + index * SLOT_MS;

/** `from-to` in slots, of what was noticed in a slot. */
function onset(text: string, noticed: number, until?: number) {
  const found = onsetOf({
    slots: told(text),
    at: slot(noticed),
    until: until === undefined ? undefined : slot(until),
  });
  return (
    found && `${(found.from - START) / SLOT_MS}-${(found.to - START) / SLOT_MS}`
  );
}

// The usual share is 0.1 % at least; a slot speaks for the rise by bad · ln(r /
// 0.001) − total · (r − 0.001), where r is half of the worst share.
describe('onsetOf', () => {
  it.each<[string, string, number, string | undefined]>([
    ['noticed at once', '290x0/1000 2x100/1000', 290, '290-291'],
    ['noticed late', '290x0/1000 8x20/1000', 297, '290-291'],
    ['in the slot after it was noticed', '290x0/1000 1/4', 289, undefined],
    ['noticed just before the slot', '290x0/1000 3x90/1000', 289, '290-291'],
    ['over when noticed', '290x0/1000 90/1000 3x0/1000', 292, '290-291'],
    // r = 5 %: 5 bad speak by 5 · 3.9 − 49 against it, yet chance explains one.
    [
      'maybe at the end of a slot',
      '290x0/1000 5/1000 3x100/1000',
      292,
      '290-292',
    ],
    // r = 5 %: each quiet slot speaks by 0.49 against it, four by less than 2.
    ['of few events: one of several slots', '290x0/10 6x1/10', 295, '286-291'],
    ['maybe where nothing is known', '280x0/1000 9x. 90/1000', 289, '280-290'],
    [
      'not an earlier trouble',
      '260x0/1000 9x90/1000 20x0/1000 2x90/1000',
      290,
      '289-290',
    ],
    [
      'whatever an earlier trouble was like',
      '200x0/1000 60x500/1000 20x0/1000 2x9/1000',
      281,
      '280-281',
    ],
    ['a share four times the usual', '290x20/1000 2x80/1000', 291, '290-291'],
    ['less than that is no rise', '290x20/1000 2x79/1000', 291, undefined],
    ['as always', '300x1/1000', 290, undefined],
    // ln 71 − 0.49 = 3.8, less than ln 100.
    ['one bad event of few is not clear', '290x0/7 1/7', 290, undefined],
    ['nothing known before', '290x. 2x90/1000', 291, undefined],
    ['no traffic before', '290x0/0 2x90/1000', 291, undefined],
    ['errors that came later', '290x0/1000 9x90/1000', 287, undefined],
    [
      'errors that were over before',
      '288x0/100 90/100 9x0/100',
      292,
      undefined,
    ],
    ['nothing known then', '288x0/1000', 300, undefined],
  ])('%s', (_, text, noticed, answer) => {
    expect(onset(text, noticed)).toBe(answer);
  });

  it('looks at nothing after the end', () => {
    const text = '290x0/1000 9x90/1000';
    expect(onset(text, 289, 290)).toBeUndefined();
    expect(onset(text, 290, 290.5)).toBe('290-291');
  });
});

describe('healthyMsBefore', () => {
  it.each([
    ['whole slots from then on', 284.2, 5],
    ['those without traffic do not count', 270, 15],
    ['nor those of an earlier trouble', 255, 25],
    ['none', 289.5, 0],
    ['none after it', 291, 0],
  ])('%s', (_, since, answer) => {
    const slots = told('260x0/100 5x50/100 10x0/100 5x0/0 10x0/100 2x50/100');
    const found = onsetOf({ slots, at: slot(291) })!;
    expect(found).toMatchObject({ from: slot(290), to: slot(291) });
    expect(
      healthyMsBefore({ slots, onset: found, since: slot(since) }) / SLOT_MS,
    ).toBe(answer);
  });
});
