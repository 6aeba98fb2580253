import { plainText } from '@day2/backstage-plugin-day2-common';

const ADDRESS =
  /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,10}\.\p{L}{2,63}/gu;
// Trailers that name somebody: "Co-authored-by: Ana <ana@tern.example>".
const PERSON_TRAILER = /^[ \t]*[A-Za-z][A-Za-z-]*-by:.*(?:\r?\n|$)/gim;
const SECRET_KEY =
  /token|secret|password|passwd|authorization|api[-_]?key|credential|cookie/i;
const PERSON_KEY =
  /^(?:author|authors|actor|committer|sender|user|pusher|email|mail)$/i;
const URL_CREDENTIALS = /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@]{1,500}@/gi;
// A path on the portal's machine, with or without `file:`; not one in a URL,
// nor of an ssh remote, nor one within a repository, which begins with no slash.
const SERVER_PATH =
  /(?<![\w.:/@~-])(?:file:(?:\/\/)?)?\/(?:[^\s"'<>:,;()[\]{}/\\]{1,255}\/)+([^\s"'<>:,;()[\]{}/\\]*)/gi;
const MAX_ITEM = 4000;
// More than is kept of anything, so that nothing is cut in two; bounds the work.
const MAX_TEXT = 20_000;

/**
 * Text as it is stored: without e-mail addresses, lines that name persons, and
 * what turns the direction of text.
 * Those are kept as person ids; names live in one table.
 */
export function scrubText(text: string): string {
  return (
    plainText(text.slice(0, MAX_TEXT))
      .replaceAll('\0', '')
      .replace(PERSON_TRAILER, '')
      .replace(URL_CREDENTIALS, '$1')
      // An ssh remote has the form of an address but is none.
      .replace(ADDRESS, address =>
        address.toLowerCase().startsWith('git@') ? address : '[address]',
      )
      .trim()
  );
}

/**
 * Words about a source's trouble, for people who may not know the portal's
 * machine: as stored texts, and of a path on it only the last part.
 */
export function scrubTrouble(text: string): string {
  return scrubText(text).replace(SERVER_PATH, '…/$1');
}

/**
 * A rejected item as text for people: no secrets, no names, no paths of the
 * portal's machine, at most 4,000 characters.
 */
export function scrubItem(item: unknown): string {
  let text: string | undefined;
  try {
    text =
      typeof item === 'string'
        ? item
        : JSON.stringify(item, (key, value: unknown) => {
            const named = PERSON_KEY.test(key) || SECRET_KEY.test(key);
            return named && value !== undefined && value !== null
              ? '[removed]'
              : value;
          });
  } catch {
    text = undefined;
  }
  return scrubTrouble(text ?? '[unreadable]').slice(0, MAX_ITEM);
}
