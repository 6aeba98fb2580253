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
