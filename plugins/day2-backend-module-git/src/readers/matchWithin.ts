import { createContext, Script, type Context } from 'node:vm';

/** A match as plain data. */
export interface PlainMatch {
  index: number;
  text: string;
  groups: Record<string, string | undefined>;
}

const script = new Script(`
  (() => {
    const found = [];
    for (const match of text.matchAll(new RegExp(source, flags))) {
      found.push({ index: match.index, text: match[0], groups: match.groups ?? {} });
      if (found.length >= most) break;
    }
    return JSON.stringify(found);
  })()
`);
let context: Context | undefined;

/**
 * Matches of a global pattern in a text. A configured pattern may try for ever;
 * the engine stops one only in a script that has a time limit.
 *
 * @returns why it was stopped, where it was: its time was up, or its stack
 */
export function matchWithin(options: {
  pattern: RegExp;
  text: string;
  /** No more matches than this. */
  most: number;
  /** Milliseconds. */
  limitMs: number;
}): PlainMatch[] | 'too long' | 'too deep' {
  context ??= createContext({});
  Object.assign(context, {
    text: options.text,
    source: options.pattern.source,
    flags: options.pattern.flags,
    most: options.most,
  });
  try {
    return JSON.parse(
      script.runInContext(context, { timeout: options.limitMs }),
    ) as PlainMatch[];
  } catch (error) {
    if (
      (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
    ) {
      return 'too long';
    }
    // Of the script's own realm: no class of ours.
    if ((error as Error).name === 'RangeError') {
      return 'too deep';
    }
    throw error;
  } finally {
    context.text = undefined;
  }
}
