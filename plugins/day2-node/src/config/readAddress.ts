import { InputError } from '@backstage/errors';

/**
 * An address of a tool: http or https, without credentials and without a slash
 * at the end.
 *
 * @param options - `example`: of what it looks like; `without`: path of the API
 * that people copy with it and that is added by the connector
 * @throws InputError in words
 *
 * @public
 */
export function readAddress(options: {
  value: string;
  key: string;
  example: string;
  without?: string;
}): string {
  const { value, key, example, without } = options;
  let url: URL | undefined;
  try {
    url = new URL(value);
  } catch {
    // Told below.
  }
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new InputError(
      `${key}: must be an http or https address, as in ${example}.`,
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new InputError(
      `${key}: must have no credentials, no ? and no #; credentials go into keys of their own, as token.`,
    );
  }
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${
    without && path.endsWith(without) ? path.slice(0, -without.length) : path
  }`;
}
