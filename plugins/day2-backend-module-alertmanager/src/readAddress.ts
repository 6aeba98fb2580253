import { InputError } from '@backstage/errors';

/**
 * An address without a slash at the end.
 *
 * @throws InputError in words
 */
export function readAddress(value: string, key: string): string {
  let url: URL | undefined;
  try {
    url = new URL(value);
  } catch {
    // Told below.
  }
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new InputError(
      `${key}: must be an http or https address, as in https://alertmanager.example.com.`,
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new InputError(
      `${key}: must have no credentials, no ? and no #; credentials go into token, or username and password.`,
    );
  }
  // People copy it with the path of the API, which is added here.
  const path = url.pathname.replace(/\/+$/, '').replace(/\/api\/v2$/, '');
  return `${url.origin}${path}`;
}
