import { ConfigReader, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { JsonValue } from '@backstage/types';
import { isConfigObject } from './configValues';

/** An entry of the configuration as it stands there, perhaps none at all. @public */
export interface RawEntry {
  item: JsonValue | undefined;
  /** As in `day2.argocd.instances[0]`. */
  key: string;
}

/** One that can be read. @public */
export type OpenEntry<R extends RawEntry> = Omit<R, 'item'> & { item: Config };

/** An entry that cannot be used, and why. @public */
export interface BrokenEntry {
  name: string;
  /** Names the key and the fix, without a secret. */
  problem: string;
}

/** Tells a broken entry. @public */
export function isBrokenEntry<T extends object>(
  entry: T | BrokenEntry,
): entry is BrokenEntry {
  return 'problem' in entry;
}

/** The entries of a list, none where nothing is there; what is no list is one that says so. @public */
export function rawEntriesOf(
  value: JsonValue | undefined,
  key: string,
): RawEntry[] {
  if (value === undefined || value === null) {
    return [];
  }
  return Array.isArray(value)
    ? value.map((item, index) => ({ item, key: `${key}[${index}]` }))
    : [{ item: undefined, key }];
}

/**
 * Reads entries one by one: a broken one says so under a name that no other
 * has, and hides none of them.
 *
 * @param options - `noun`: what one is, e.g. `instance`; `needs`: what it is to
 * have, e.g. `a name and a url`; `nameOf`: where its name stands, `name` by
 * default; `read` throws where it cannot be used
 *
 * @public
 */
export function readEntries<
  R extends RawEntry,
  T extends { name: string },
>(options: {
  entries: R[];
  noun: string;
  needs: string;
  nameOf?: (entry: OpenEntry<R>) => { field: string; value: string };
  read: (entry: OpenEntry<R>, name: string) => T;
}): (T | BrokenEntry)[] {
  const { entries, noun, needs, nameOf = namedEntry, read } = options;
  const seen = new Set<string>();
  return entries.map((raw, index) => {
    let name = `${noun}-${index + 1}`;
    let problem: string;
    try {
      const entry = openEntry(raw, needs);
      name = checkName(entry.key, nameOf(entry));
      if (seen.has(name)) {
        throw new InputError(
          `${entry.key}.name: '${name}' is used twice; give each ${noun} its own name.`,
        );
      }
      const usable = read(entry, name);
      seen.add(name);
      return usable;
    } catch (error) {
      problem = (error as Error).message;
    }
    while (seen.has(name)) {
      name += '-again';
    }
    seen.add(name);
    return { name, problem };
  });
}

function openEntry<R extends RawEntry>(entry: R, needs: string): OpenEntry<R> {
  const { item, key } = entry;
  if (!isConfigObject(item)) {
    throw new InputError(
      /\]$/.test(key)
        ? `${key}: is no entry; give it ${needs}, or take it out.`
        : `${key}: must be a list, each item beginning with a dash.`,
    );
  }
  return {
    ...entry,
    item: new ConfigReader(item, 'app-config', undefined, key),
  };
}

function namedEntry({ item }: { item: Config }) {
  return { field: 'name', value: item.getString('name') };
}

function checkName(
  key: string,
  { field, value }: { field: string; value: string },
): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(value)) {
    throw new InputError(
      `${key}.${field}: use letters, digits, dot, dash and underscore, at most 100, the first a letter or digit.`,
    );
  }
  return value;
}
