import { readFileSync } from 'fs';
import { load } from 'js-yaml';
import { join } from 'path';

const read = (name: string) =>
  load(readFileSync(join(__dirname, '../../../..', name), 'utf8'));

/** The keys below which there is a list. */
function listsOf(value: unknown, key = ''): string[] {
  if (Array.isArray(value)) {
    return [key];
  }
  return value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([name, each]) =>
        listsOf(each, key ? `${key}.${name}` : name),
      )
    : [];
}

describe('the configuration of the example portal', () => {
  const lists = listsOf(read('app-config.yaml'));

  // A list is replaced as a whole, with all that its entries said.
  it.each(['app-config.sandbox.yaml', 'app-config.e2e.yaml'])(
    '%s replaces no list of app-config.yaml',
    name => {
      expect(listsOf(read(name)).filter(key => lists.includes(key))).toEqual(
        [],
      );
    },
  );

  it('leaves nothing of the sandbox where the portal runs for others', () => {
    const ofSandbox = lists.filter(
      key => key.startsWith('day2.') && key !== 'day2.environments',
    );
    expect(ofSandbox).toContain('day2.pagerduty.accounts');
    const production = listsOf(read('app-config.production.yaml'));
    expect(ofSandbox.filter(key => !production.includes(key))).toEqual([]);
  });
});
