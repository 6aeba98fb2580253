import type { ObjectiveDocument } from '@day2/backstage-plugin-day2-common';
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
} from 'yaml';

/** So many aliases a document may be unrolled to. */
const MAX_ALIASES = 100;
const MAX_DOCUMENTS = 500;

/** Documents of a file, or on which line it is none. */
export type ParsedFile =
  | {
      documents: ObjectiveDocument[];
      /**
       * The line, from 1, of what stands at a path of a document (`spec.objectives[1]`),
       * or of the nearest around it.
       */
      lineOf(options: { index: number; path: string }): number | undefined;
    }
  | { problem: string; line?: number };

/**
 * Documents of a YAML or JSON file with the lines of what is in them. Nothing of
 * the text is repeated in a problem: it may be any file.
 */
export function parseDocuments(options: {
  file: string;
  text: string;
}): ParsedFile {
  const { file, text } = options;
  const lineCounter = new LineCounter();
  try {
    const parsed = parseAllDocuments(text, {
      lineCounter,
      prettyErrors: false,
      // Comparing each key with all others takes for ever in a long map.
      uniqueKeys: false,
      logLevel: 'silent',
    });
    const documents = Array.isArray(parsed) ? parsed : [];
    const [error] = documents.flatMap(({ errors }) => errors);
    if (error) {
      return {
        problem: `is no YAML (${error.code})`,
        line: lineCounter.linePos(error.pos[0]).line,
      };
    }
    if (documents.length > MAX_DOCUMENTS) {
      return { problem: `has more than ${MAX_DOCUMENTS} documents` };
    }
    return {
      documents: documents.map((document, index) => ({
        file,
        index,
        document: document.toJS({ maxAliasCount: MAX_ALIASES }),
      })),
      lineOf: ({ index, path }) => {
        const at = documents[index] && offsetOf(documents[index], path);
        return at === undefined ? undefined : lineCounter.linePos(at).line;
      },
    };
  } catch {
    // Nested too deep, or too many aliases.
    return { problem: 'is no YAML that can be read' };
  }
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
