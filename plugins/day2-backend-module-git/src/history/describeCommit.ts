import type { ObservedPerson } from '@day2/backstage-plugin-day2-node';
import type { Commit } from '../git/readCommits';
import { parseMessage, type ParsedMessage } from '../messages/parseMessage';
import { distinctPersons, toPerson } from '../messages/toPerson';

const maxMessage = 10_000;
const maxPaths = 200;

/** What observations of a commit have in common. */
export interface CommitFacts {
  message: ParsedMessage;
  text?: string;
  authors: ObservedPerson[];
  paths: string[];
  pathsCut: boolean;
}

/** Reads a commit's message, people and paths. */
export function describeCommit(options: {
  commit: Commit;
  /** Of the commits a merge brought. */
  others?: ObservedPerson[];
  /** The parent is not there, so that every file looks added. */
  cutOff?: boolean;
}): CommitFacts {
  const { commit } = options;
  const message = parseMessage(commit.message);
  const paths = options.cutOff ? [] : commit.files.map(file => file.path);
  return {
    message,
    text: commit.message ? commit.message.slice(0, maxMessage) : undefined,
    authors: distinctPersons([
      toPerson(commit.author),
      ...message.coAuthors.map(toPerson),
      ...(options.others ?? []),
    ]),
    paths: paths.slice(0, maxPaths),
    pathsCut: Boolean(options.cutOff) || paths.length > maxPaths,
  };
}
