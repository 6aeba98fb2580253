import type {
  DocumentPlace,
  InvalidDocument,
  Objective,
  ObjectiveIndicator,
} from './objective';
import { OpenSloDataSource, OpenSloHead } from './openSlo';
import { readDowntime } from './readDowntime';
import { readIndicator } from './readIndicator';
import { pathText, readBy, refused, type Reading } from './reading';
import { readSlo } from './readSlo';

/** A document as YAML or JSON has it. @public */
export interface ObjectiveDocument extends DocumentPlace {
  document: unknown;
}

/** @public */
export interface ReadObjectives {
  /** In the order of the documents. */
  objectives: Objective[];
  invalid: InvalidDocument[];
  /** Documents that are of something else: alert policies, other formats, empty ones. */
  ignored: number;
}

const VERSION = 'openslo/v1';
const READ = ['SLO', 'SLI', 'Service', 'DataSource'];
const IGNORED = ['AlertPolicy', 'AlertCondition', 'AlertNotificationTarget'];

interface Found extends DocumentPlace {
  head: OpenSloHead;
  /** In the document, of those that are lists. */
  path: number[];
}

type Told = { reason: string; path: Array<string | number> };

/**
 * The objectives of OpenSLO v1 documents (https://openslo.com). References are
 * looked up among all of them, in whatever order and file they are. What is
 * wrong, or asks for what is not measured, is told where it is; the rest goes on.
 * Never throws. A document may be a list of documents.
 *
 * @public
 */
export function readObjectives(documents: ObjectiveDocument[]): ReadObjectives {
  const invalid: InvalidDocument[] = [];
  const tell = (found: Omit<Found, 'head'>, told: Told, head?: unknown) => {
    const { file, index, path } = found;
    invalid.push({
      invalid: true,
      ...(file === undefined ? {} : { file }),
      index,
      ...nameOf(head),
      reason: told.reason,
      path: pathText([...path, ...told.path]),
    });
  };
  const all = documents.flatMap(flat);
  const byName = new Map<string, Found>();
  let ignored = 0;
  for (const { document, ...place } of all) {
    const head = headOf(document);
    if (head === undefined) {
      ignored += 1;
    } else if (!('value' in head)) {
      tell(place, head, document);
    } else {
      const { kind, metadata } = head.value;
      const key = `${kind} ${metadata.name}`;
      const first = byName.get(key);
      if (first) {
        const where = `document ${first.index} of ${first.file ?? 'the same'}`;
        const told = refused(
          `${key} is there already: ${where}`,
          'metadata',
          'name',
        );
        tell(place, told, document);
      } else {
        byName.set(key, { ...place, head: head.value });
      }
    }
  }

  const types = new Map<string, string>();
  const indicators = new Map<string, Reading<ObjectiveIndicator>>();
  const of = (kind: string) =>
    [...byName.values()].filter(({ head }) => head.kind === kind);
  for (const found of of('DataSource')) {
    const read = readBy(OpenSloDataSource, found.head.spec, 'spec');
    if ('value' in read) {
      types.set(found.head.metadata.name, read.value.type);
    } else {
      tell(found, read, found.head);
    }
  }
  const typeOf = (source: string) => types.get(source);
  for (const found of of('SLI')) {
    const { name } = found.head.metadata;
    const read = readIndicator({ spec: found.head.spec, name, typeOf });
    indicators.set(name, read);
    if (!('value' in read)) {
      tell(found, { ...read, path: ['spec', ...read.path] }, found.head);
    }
  }
  const objectives: Objective[] = [];
  for (const found of of('SLO')) {
    const { file, index } = found;
    const downtime = readDowntime(found.head.metadata.annotations);
    if (!('value' in downtime)) {
      const path = ['metadata', 'annotations'];
      tell(found, { ...downtime, path }, found.head);
      continue;
    }
    const readings = readSlo({
      head: found.head,
      place: { ...(file === undefined ? {} : { file }), index },
      indicatorOf: name => indicators.get(name),
      typeOf,
      excluded: downtime.value,
      displayNameOf: name =>
        byName.get(`Service ${name}`)?.head.metadata.displayName,
    });
    for (const read of readings) {
      if ('value' in read) {
        objectives.push(read.value);
      } else {
        tell(found, { ...read, path: ['spec', ...read.path] }, found.head);
      }
    }
  }
  return { objectives, invalid, ignored };
}

/** A list of documents, one level deep, as its documents. */
function flat(found: ObjectiveDocument) {
  const { document, ...place } = found;
  return Array.isArray(document)
    ? document.map((each: unknown, at) => ({
        ...place,
        document: each,
        path: [at],
      }))
    : [{ ...place, document, path: [] as number[] }];
}

/** Nothing where it is of something else. */
function headOf(document: unknown): Reading<OpenSloHead> | undefined {
  if (document === null || document === undefined) {
    return undefined;
  }
  if (typeof document !== 'object') {
    return refused('a document is an object with apiVersion and kind');
  }
  const { apiVersion, kind } = document as Record<string, unknown>;
  if (typeof apiVersion !== 'string' || !/^openslo\b/i.test(apiVersion)) {
    return undefined;
  }
  if (apiVersion !== VERSION) {
    return refused(`${apiVersion} is not read, only ${VERSION}`, 'apiVersion');
  }
  if (IGNORED.includes(kind as string)) {
    return undefined;
  }
  if (typeof kind === 'string' && !READ.includes(kind)) {
    return refused(`OpenSLO has no kind ${kind}`, 'kind');
  }
  return readBy(OpenSloHead, document);
}

function nameOf(document: unknown): { kind?: string; name?: string } {
  const { kind, metadata } = (document ?? {}) as Record<string, unknown>;
  const { name } = (metadata ?? {}) as Record<string, unknown>;
  return {
    ...(typeof kind === 'string' ? { kind } : {}),
    ...(typeof name === 'string' ? { name } : {}),
  };
}
