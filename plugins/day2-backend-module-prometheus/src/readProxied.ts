import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  checkHeaders,
  configValueAt,
  isConfigObject,
  readAddress,
  type OpenEntry,
} from '@day2/backstage-plugin-day2-node';
import type { InstanceEntry } from './configEntries';

/** What an address looks like, and the path that is added to it here. */
export const EXAMPLE = {
  example: 'https://prometheus.example.com',
  without: '/api/v1',
};

/**
 * Where the proxy of the portal takes a path to, and the headers it adds: its
 * own credentials do not pass through the proxy, so it is asked directly.
 *
 * @throws InputError in words
 */
export function readProxied(options: {
  entry: OpenEntry<InstanceEntry>;
  config: Config;
}): {
  url: string;
  headers: Record<string, string>;
} {
  const { entry, config } = options;
  const path = entry.item.getOptionalString('proxyPath');
  if (!path) {
    throw new InputError(
      `${entry.key}.proxyPath: is missing; give it, or write day2.prometheus.instances with a url.`,
    );
  }
  const found = findEndpoint(config, path);
  if (!found) {
    throw new InputError(
      `${entry.key}.proxyPath: there is no proxy.endpoints['${path}'] to read its address from; add it, or write day2.prometheus.instances with a url.`,
    );
  }
  const { key, rest, endpoint } = found;
  if (endpoint.pathRewrite !== undefined && endpoint.pathRewrite !== null) {
    throw new InputError(
      `${key}.pathRewrite: is not followed; write day2.prometheus.instances with a url.`,
    );
  }
  const { target, headers } = endpoint;
  if (typeof target !== 'string') {
    throw new InputError(`${key}.target: must be an address.`);
  }
  const sent = Object.entries(isConfigObject(headers) ? headers : {}).map(
    ([name, value]) => [name.toLowerCase(), String(value)] as const,
  );
  return {
    url: readAddress({
      ...EXAMPLE,
      value: `${target.replace(/\/+$/, '')}${rest}`,
      key: `${key}.target`,
    }),
    headers: checkHeaders(Object.fromEntries(sent), `${key}.headers`),
  };
}

/** The endpoint of a path, or the longest that it begins with. */
function findEndpoint(
  config: Config,
  path: string,
): { key: string; rest: string; endpoint: JsonObject } | undefined {
  const wanted = slashed(path);
  const found = ['proxy.endpoints', 'proxy']
    .flatMap(under => {
      const endpoints = configValueAt(config, under);
      return Object.entries(isConfigObject(endpoints) ? endpoints : {}).map(
        ([name, value]) => ({
          key: `${under}['${name}']`,
          at: slashed(name),
          endpoint: typeof value === 'string' ? { target: value } : value,
        }),
      );
    })
    .filter(({ at }) => wanted === at || wanted.startsWith(`${at}/`))
    .sort((a, b) => b.at.length - a.at.length)[0];
  return found && isConfigObject(found.endpoint)
    ? {
        key: found.key,
        rest: wanted.slice(found.at.length),
        endpoint: found.endpoint,
      }
    : undefined;
}

function slashed(path: string): string {
  return `/${path.replace(/^\/+|\/+$/g, '')}`;
}
