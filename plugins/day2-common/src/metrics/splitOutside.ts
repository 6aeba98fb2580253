const OPENING = '([{';
const CLOSING = ')]}';
const QUOTES = '"\'`';

/**
 * The trimmed parts of a query list, parted by a character that stands within
 * no brackets and no quotes. What is never closed reaches to the end.
 */
export function splitOutside(options: { text: string; at: string }): string[] {
  const parts = [''];
  let depth = 0;
  let quote = '';
  let escaped = false;
  for (const character of options.text) {
    if (depth === 0 && quote === '' && character === options.at) {
      parts.push('');
      continue;
    }
    if (quote !== '') {
      // Between backquotes a backslash is one.
      const isEscape: boolean = character === '\\' && quote !== '`' && !escaped;
      if (character === quote && !escaped) {
        quote = '';
      }
      escaped = isEscape;
    } else if (QUOTES.includes(character)) {
      quote = character;
    } else if (OPENING.includes(character)) {
      depth += 1;
    } else if (CLOSING.includes(character)) {
      depth = Math.max(0, depth - 1);
    }
    parts[parts.length - 1] += character;
  }
  return parts.map(part => part.trim());
}
