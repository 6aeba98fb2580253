import { hasCredentials } from '@day2/backstage-plugin-day2-common';

const MAX_URL = 2_000;

/** Without control characters and those that turn the direction of a text, cut; undefined where nothing is left. */
export function word(
  text: string | undefined,
  length: number,
): string | undefined {
  return (
    text
      ?.slice(0, 2 * length)
      .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
      .replace(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, length) || undefined
  );
}

/** An address that people may follow: of http or https, without credentials. */
export function safeUrl(text: string | null | undefined): string | undefined {
  if (!text || text.length > MAX_URL || hasCredentials(text)) {
    return undefined;
  }
  try {
    return /^https?:$/.test(new URL(text).protocol) ? text : undefined;
  } catch {
    return undefined;
  }
}
