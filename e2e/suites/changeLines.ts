import type { Change } from '@day2/backstage-plugin-day2-common';
import type { Truth } from '@day2/sandbox';

/** A change of configuration, with what it moved from where to where. */
interface ConfigurationFacts {
  at: string;
  sha?: string;
  title: string;
  authors: (string | undefined)[];
  environments: (string | undefined)[];
  fields: {
    file: string;
    resource?: string;
    field: string;
    from?: string;
    to?: string;
  }[];
}

/** Changes of configuration as the sandbox knows them, in order. */
export function configurationTruth(truth: Truth, service: string): string[] {
  return truth.configurationChanges
    .filter(change => change.service === service)
    .map(change =>
      line({
        ...change,
        authors: [change.author.name],
        environments: [change.environment],
      }),
    )
    .sort();
}

/** The same as the portal shows them. */
export function configurationShown(changes: Change[]): string[] {
  return changes
    .filter(({ kind }) => kind === 'configuration')
    .map(change =>
      line({
        ...change,
        authors: change.authors.map(({ name }) => name),
        environments: [
          ...new Set(change.services.map(({ environment }) => environment)),
        ],
      }),
    )
    .sort();
}

/** Commits of the application's default branch, of a monorepo those of the service. */
export function codeTruth(truth: Truth, service: string): string[] {
  const { repository, folders } = truth.services.find(
    ({ name }) => name === service,
  )!;
  return truth.repositories
    .find(({ name }) => name === repository)!
    .commits.filter(
      ({ onMain, files }) =>
        onMain &&
        (!folders || files.some(file => folders.includes(file.split('/')[0]))),
    )
    .map(({ sha }) => sha)
    .sort();
}

/** Commits that asked for a version of the service somewhere. */
export function versionTruth(truth: Truth, service: string): string[] {
  const shas = truth.deployments
    .filter(deployment => deployment.service === service)
    .flatMap(({ targets }) => targets.map(({ commit }) => commit?.sha))
    .filter(sha => sha !== undefined);
  return [...new Set(shas)].sort();
}

function line(facts: ConfigurationFacts): string {
  const fields = facts.fields.map(
    ({ file, resource, field, from, to }) =>
      `${file} ${resource ?? ''} ${field}: ${from ?? '-'} -> ${to ?? '-'}`,
  );
  return [
    facts.at,
    facts.sha,
    facts.title,
    `by ${facts.authors.join(' and ')}`,
    `in ${facts.environments.join(' and ')}`,
    ...fields.sort(),
  ].join(', ');
}
