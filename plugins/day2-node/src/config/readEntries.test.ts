import type { Config } from '@backstage/config';
import type { JsonValue } from '@backstage/types';
import { isBrokenEntry, rawEntriesOf, readEntries } from './readEntries';

const key = 'day2.tool.instances';

function read(value: JsonValue | undefined) {
  return readEntries({
    entries: rawEntriesOf(value, key),
    noun: 'instance',
    needs: 'a name and a url',
    read: ({ item, key: at }: { item: Config; key: string }, name) => {
      if (item.has('bad')) {
        throw new Error(`${at}.bad: take it out.`);
      }
      return { name, url: item.getString('url') };
    },
  });
}

const url = 'https://a.example';

describe('readEntries', () => {
  it.each<[string, JsonValue | undefined, object[]]>([
    ['nothing', undefined, []],
    ['nothing in words', JSON.parse('null'), []],
    ['an empty list', [], []],
    ['one', [{ name: 'eu', url }], [{ name: 'eu', url }]],
    [
      'no list',
      'eu',
      [
        {
          name: 'instance-1',
          problem: `${key}: must be a list, each item beginning with a dash.`,
        },
      ],
    ],
    [
      'an item that is none',
      ['eu', { name: 'us', url }],
      [
        {
          name: 'instance-1',
          problem: `${key}[0]: is no entry; give it a name and a url, or take it out.`,
        },
        { name: 'us', url },
      ],
    ],
    [
      'one that is wrong',
      [
        { name: 'eu', url, bad: 1 },
        { name: 'us', url },
      ],
      [
        { name: 'eu', problem: `${key}[0].bad: take it out.` },
        { name: 'us', url },
      ],
    ],
    [
      'a name that is used twice',
      [
        { name: 'eu', url },
        { name: 'eu', url },
        { name: 'eu', url },
      ],
      [
        { name: 'eu', url },
        { name: 'eu-again', problem: expect.stringContaining('used twice') },
        {
          name: 'eu-again-again',
          problem: expect.stringContaining('used twice'),
        },
      ],
    ],
    [
      'a name that is no name',
      [{ name: '../x', url }],
      [
        {
          name: 'instance-1',
          problem: expect.stringContaining(`${key}[0].name: use letters`),
        },
      ],
    ],
  ])('%s', (_, value, expected) => {
    expect(read(value)).toEqual(expected);
  });

  it('tells the broken ones', () => {
    expect(read([{ name: 'eu', url }, 1]).map(isBrokenEntry)).toEqual([
      false,
      true,
    ]);
  });
});
