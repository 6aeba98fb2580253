import { Lexer } from 'yaml';

/** Tell of what comes, and are nothing by themselves: of a document, of a scalar. */
const MARKS = ['\u0002', '\u001f'];

/** Of brackets in one another: of each, all around it are looked at. */
const MAX_DEPTH = 50;

/**
 * How much there is to read in a YAML text: its tokens, counted before anything
 * is made of them.
 *
 * @returns nothing where there is more, or brackets are nested too deep
 */
export function tokensOf(options: {
  text: string;
  max: number;
}): number | undefined {
  let tokens = 0;
  let depth = 0;
  for (const token of new Lexer().lex(options.text)) {
    tokens += MARKS.includes(token) ? 0 : 1;
    if (token === '[' || token === '{') {
      depth += 1;
    } else if (token === ']' || token === '}') {
      depth -= 1;
    }
    if (tokens > options.max || depth > MAX_DEPTH) {
      return undefined;
    }
  }
  return tokens;
}
