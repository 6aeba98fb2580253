const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text without the characters that turn the direction of what follows: with
 * them it shows other words than it has.
 *
 * @public
 */
export function plainText(text: string): string {
  return text.replace(TURNING, '');
}

/**
 * A text as one line of plain text: as `plainText`, and without control
 * characters and breaks.
 *
 * @public
 */
export function plainLine(text: string): string {
  return plainText(text)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}
