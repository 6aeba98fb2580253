import type { Observation } from '@day2/backstage-plugin-day2-node';
import { change, commit, shaOf } from '../__testUtils__/observations';
import { prepareObservation } from './prepareObservation';
import { runsOf } from './runsOf';

const gone = (keyPrefix: string, reason = 'gone'): Observation => ({
  kind: 'withdrawn',
  keyPrefix,
  reason,
});
const said = (key: string) => change({ key, at: 1 });
const runs = (observations: Observation[]) =>
  runsOf(observations.map(prepareObservation)).map(run =>
    run.kind === 'withdrawn' ? run.keyPrefixes.join() : run.said.length,
  );

describe('runsOf', () => {
  it('withdraws first, and together, what the batch itself does not say', () => {
    expect(
      runs([gone('a'), said('b:1'), gone('c'), said('d:1'), gone('b:2')]),
    ).toEqual(['a,c,b:2', 2]);
  });

  it.each([
    ['a:b:1', 'a'],
    ['a:b:1', 'a:b'],
    ['a:b:1', 'a:b:1'],
  ])(
    'keeps the order where %s is said before %s is withdrawn',
    (key, prefix) => {
      expect(runs([said(key), gone(prefix), said(key)])).toEqual([
        1,
        prefix,
        1,
      ]);
    },
  );

  it.each(['', ':commit'])('does so for a commit and its sha%s', ending => {
    const sha = shaOf('c');
    expect(
      runs([commit({ sha, position: 1 }), gone(`${sha}${ending}`)]),
    ).toEqual([1, `${sha}${ending}`]);
  });

  it('takes what is said before for another key, with the same beginning', () => {
    expect(runs([said('ab:1'), gone('a')])).toEqual(['a', 1]);
  });

  it('goes by reason, and by a hundred', () => {
    const many = Array.from({ length: 150 }, (_, n) => gone(`k${n}`));
    expect(
      runs([...many, gone('x', 'other')]).map(
        run => String(run).split(',').length,
      ),
    ).toEqual([100, 50, 1]);
  });

  it('leaves out what was rejected', () => {
    expect(runs([{ ...said('a'), at: Number.NaN }])).toEqual([]);
  });
});
