import { ConfigReader, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  configValueAt,
  isConfigObject,
  rawEntriesOf,
  readAddress,
  readEntries,
  readEverySeconds,
  readToken,
  type BrokenEntry,
  type OpenEntry,
  type RawEntry,
} from '@day2/backstage-plugin-day2-node';
import { readPlaceRules, type PlaceRule } from './placeRules';

/** How to sign in. */
export type ArgocdCredentials =
  | { token: string }
  | { username: string; password: string };

/** One instance, checked. */
export interface InstanceConfig {
  name: string;
  /** Without a slash at the end. */
  url: string;
  frontendUrl: string;
  credentials: ArgocdCredentials;
  everySeconds: number;
  projects: string[];
  selector?: string;
  environments: PlaceRule[];
}

interface InstanceEntry extends RawEntry {
  /** For entries without credentials of their own. */
  shared?: Config;
}

/** What `day2.argocd.instances` says, else `argocd.appLocatorMethods`; a broken entry does not hide the others. */
export function readArgocdConfig(
  config: Config,
): (InstanceConfig | BrokenEntry)[] {
  return readEntries({
    entries: entriesOf(config),
    noun: 'instance',
    needs: 'a name, a url and a token',
    read: readInstance,
  });
}

/** As they stand there: whether one is an entry at all shows when it is read. */
function entriesOf(config: Config): InstanceEntry[] {
  const own = configValueAt(config, 'day2.argocd.instances');
  if (own !== undefined && own !== null) {
    return rawEntriesOf(own, 'day2.argocd.instances');
  }
  const theirs = configValueAt(config, 'argocd');
  if (!isConfigObject(theirs)) {
    return [];
  }
  const shared = new ConfigReader(theirs, 'app-config', undefined, 'argocd');
  return rawEntriesOf(
    theirs.appLocatorMethods,
    'argocd.appLocatorMethods',
  ).flatMap((method): InstanceEntry[] =>
    isConfigObject(method.item)
      ? rawEntriesOf(method.item.instances, `${method.key}.instances`).map(
          entry => ({ ...entry, shared }),
        )
      : [method],
  );
}

function readInstance(
  entry: OpenEntry<InstanceEntry>,
  name: string,
): InstanceConfig {
  const { item, key } = entry;
  const addressAt = (field: string) =>
    readAddress({
      value: item.getString(field),
      key: `${key}.${field}`,
      example: 'https://argocd.example.com',
    });
  const url = addressAt('url');
  return {
    name,
    url,
    frontendUrl: item.has('frontendUrl') ? addressAt('frontendUrl') : url,
    credentials: readCredentials(entry),
    everySeconds: readEverySeconds({ item, key, least: 5 }),
    projects: item.getOptionalStringArray('projects') ?? [],
    selector: item.getOptionalString('selector'),
    environments: readPlaceRules(item, key),
  };
}

function readCredentials({
  item,
  key,
  shared,
}: OpenEntry<InstanceEntry>): ArgocdCredentials {
  const token = readToken({
    // What is empty is missing.
    value: item.getOptionalString('token')?.trim() || undefined,
    key: `${key}.token`,
  });
  if (token) {
    return { token };
  }
  for (const from of [item, shared]) {
    const username = from?.getOptionalString('username');
    const password = from?.getOptionalString('password');
    if ((username === undefined) !== (password === undefined)) {
      throw new InputError(
        `${
          from === item ? key : 'argocd'
        }: give username and password both, or a token.`,
      );
    }
    if (username !== undefined && password !== undefined) {
      return { username, password };
    }
  }
  throw new InputError(
    `${key}.token: is missing; give a token, or username and password.`,
  );
}
