import {
  readObjectives,
  type Objective,
  type ObjectiveDocument,
} from '@day2/backstage-plugin-day2-common';
import type { ObjectiveObservation } from '@day2/backstage-plugin-day2-node';
import { Breather } from '../../database';
import type { FoundFile } from './FoundFile';
import type { ObjectiveEntity } from './objectiveEntity';
import { ObservationBuilder } from './ObservationBuilder';
import { parseDocuments, type ParsedFile } from './parseDocuments';

/** Of one entity. */
const MAX_OBJECTIVES = 500;
/** Of all files of one entity: what is held at once of what they are made of. */
const MAX_TOKENS = 100_000;

/** What the files of an entity say. */
export interface ObjectivesOfFiles {
  observations: ObjectiveObservation[];
  /** Files that may be there and well, though they cannot be read now, with the reason. */
  unreadable: Map<string, string>;
  /** SLOs of services that are not this entity. */
  ofOthers: number;
}

/**
 * The objectives of an entity: of all its files together, as one may refer to
 * what stands in another.
 */
export async function objectivesOfFiles(options: {
  entity: ObjectiveEntity;
  files: Map<string, FoundFile>;
  /** Other entities lie in the same folder: only SLOs of its own service count. */
  isShared: boolean;
  /** Something was read of it before, which stands while a file is unreadable. */
  isKnown: boolean;
  /** Lets others be answered in between. */
  breather?: Breather;
}): Promise<ObjectivesOfFiles> {
  const { entity, files, breather = Breather.create() } = options;
  let maxTokens = MAX_TOKENS;
  const builder = ObservationBuilder.create(entity);
  const unreadable = new Map<string, string>();
  const parsed = new Map<string, ParsedFile>();
  for (const [file, found] of files) {
    if (found.kind === 'text') {
      const { text, url } = found;
      const read = await parseDocuments({ file, text, maxTokens, breather });
      parsed.set(file, read);
      if ('problem' in read) {
        builder.addBroken({ file, url, ...read });
      } else {
        maxTokens -= read.tokens;
      }
    } else if (found.kind === 'unreadable') {
      unreadable.set(file, found.reason);
      if (!options.isKnown) {
        builder.addBroken({ file, problem: found.reason });
      }
    } else {
      const problem = found.kind === 'absent' ? 'is not there' : found.reason;
      const url = found.kind === 'refused' ? found.url : undefined;
      builder.addBroken({ file, url, problem });
    }
  }
  const documents: ObjectiveDocument[] = [...parsed.values()].flatMap(each =>
    'documents' in each ? each.documents : [],
  );
  await breather.breathe();
  const { objectives, invalid } = readObjectives(documents);
  await breather.breathe();
  const mine = objectives.filter(
    ({ service }) => !options.isShared || service === entity.name,
  );
  const lineOf = (place: Place & { path: string }) => {
    const read = parsed.get(place.file ?? '');
    return read && 'lineOf' in read ? read.lineOf(place) : undefined;
  };
  const urlOf = (file = '') => {
    const found = files.get(file);
    return found?.kind === 'text' ? found.url : undefined;
  };
  for (const objective of mine.slice(0, MAX_OBJECTIVES)) {
    const path = pathOf(objective, documents);
    const line = lineOf({ ...objective, path });
    builder.addObjective({ objective, line, url: urlOf(objective.file) });
  }
  for (const each of invalid.slice(0, MAX_OBJECTIVES)) {
    builder.addInvalid({
      invalid: each,
      line: lineOf(each),
      url: urlOf(each.file),
    });
  }
  return {
    observations: builder.observations.slice(0, MAX_OBJECTIVES),
    unreadable,
    ofOthers: objectives.length - mine.length,
  };
}

type Place = { file?: string; index: number };

/** Where its SLO stands in its document, which may be a list of them. */
function pathOf(objective: Objective, documents: ObjectiveDocument[]): string {
  const { document } =
    documents.find(
      ({ file, index }) => file === objective.file && index === objective.index,
    ) ?? {};
  const at = Array.isArray(document)
    ? document.findIndex(
        each => each?.kind === 'SLO' && each?.metadata?.name === objective.name,
      )
    : -1;
  return at < 0 ? '' : `[${at}]`;
}
