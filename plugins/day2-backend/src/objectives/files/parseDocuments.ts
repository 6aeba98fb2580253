import type { ObjectiveDocument } from '@day2/backstage-plugin-day2-common';
import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  type Document,
  type Node,
} from 'yaml';
import { Breather } from '../../database';
import { tokensOf } from './tokensOf';

/** So many aliases a document may be unrolled to. */
const MAX_ALIASES = 100;
const MAX_DOCUMENTS = 500;
/** Of a file: words, signs and the space between them; an SLO has some hundred and fifty. */
export const MAX_TOKENS = 40_000;

/** Documents of a file, or on which line it is none. */
export type ParsedFile =
  | {
      documents: ObjectiveDocument[];
      tokens: number;
      /**
       * The line, from 1, of what stands at a path of a document (`spec.objectives[1]`),
       * or of the nearest around it.
       */
      lineOf(options: { index: number; path: string }): number | undefined;
    }
  | { problem: string; line?: number };

/**
 * Documents of a YAML or JSON file with the lines of what is in them. Nothing of
 * the text is repeated in a problem: it may be any file. What it takes to read it
 * is counted before: a short text may be long work.
 *
 * @param options - `maxTokens`: what is left of those of its entity
 */
export async function parseDocuments(options: {
  file: string;
  text: string;
  maxTokens?: number;
  breather?: Breather;
}): Promise<ParsedFile> {
  const { file, text, breather = Breather.create() } = options;
  const max = Math.min(MAX_TOKENS, options.maxTokens ?? MAX_TOKENS);
  const tokens = tokensOf({ text, max });
  if (tokens === undefined) {
    return {
      problem:
        max < MAX_TOKENS
          ? 'is left out: the files of its entity have too much in them together'
          : 'has too much in it, or is nested too deep; an SLO file is some thousand lines at most',
    };
  }
  await breather.breathe();
  const lineCounter = new LineCounter();
  try {
    const parsed: Document[] = [];
    for (const document of composed(text, lineCounter)) {
      const [error] = document.errors;
      if (error) {
        return {
          problem: `is no YAML (${error.code})`,
          line: lineCounter.linePos(error.pos[0]).line,
        };
      }
      if (parsed.length >= MAX_DOCUMENTS) {
        return { problem: `has more than ${MAX_DOCUMENTS} documents` };
      }
      parsed.push(document);
      await breather.breathe();
    }
    const documents: ObjectiveDocument[] = [];
    for (const [index, document] of parsed.entries()) {
      const plain = document.toJS({ maxAliasCount: MAX_ALIASES });
      documents.push({ file, index, document: plain });
      await breather.breathe();
    }
    return {
      documents,
      tokens,
      lineOf: ({ index, path }) => {
        const at = parsed[index] && offsetOf(parsed[index], path);
        return at === undefined ? undefined : lineCounter.linePos(at).line;
      },
    };
  } catch {
    // Nested too deep, or too many aliases.
    return { problem: 'is no YAML that can be read' };
  }
}

/** One after the other, each made as it is asked for. */
function* composed(text: string, lineCounter: LineCounter) {
  const composer = new Composer({
    prettyErrors: false,
    // Comparing each key with all others takes for ever in a long map.
    uniqueKeys: false,
    logLevel: 'silent',
  });
  for (const token of new Parser(lineCounter.addNewLine).parse(text)) {
    yield* composer.next(token);
  }
  yield* composer.end();
}

function offsetOf(document: Document, path: string): number | undefined {
  let node: unknown = document.contents;
  let at = startOf(node);
  for (const [, key, item] of path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
    const whole = isAlias(node) ? node.resolve(document as any) : node;
    if (isMap(whole) && key !== undefined) {
      const pair = whole.items.find(
        each => isScalar(each.key) && String(each.key.value) === key,
      );
      at = startOf(pair?.key) ?? at;
      node = pair?.value;
    } else if (isSeq(whole) && item !== undefined) {
      node = whole.items[Number(item)];
      at = startOf(node) ?? at;
    } else {
      break;
    }
  }
  return at;
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
