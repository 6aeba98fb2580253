import { ScmIntegrations } from '@backstage/integration';
import type { Config } from '@backstage/config';
import type { RepositoryUrl } from '../git/repositoryUrl';

/** Where people look at a repository and its commits. */
export interface WebLinks {
  repository?: string;
  commit(sha: string): string | undefined;
}

const commitPaths: Record<string, string> = {
  gitlab: '/-/commit/',
  bitbucketCloud: '/commits/',
  bitbucketServer: '/commits/',
};

/** Links to a repository: configured, or derived for hosts Backstage has an integration for. */
export function createWebLinks(options: {
  url: RepositoryUrl;
  webUrl?: string;
  config: Config;
}): WebLinks {
  const integrations = ScmIntegrations.fromConfig(options.config);
  const derived = options.webUrl ?? derive(options.url, integrations);
  if (!derived) {
    return { commit: () => undefined };
  }
  const repository = derived.replace(/\/+$/, '');
  const type = integrations.byUrl(repository)?.type ?? '';
  const path = commitPaths[type] ?? '/commit/';
  return { repository, commit: sha => `${repository}${path}${sha}` };
}

function derive(
  url: RepositoryUrl,
  integrations: ScmIntegrations,
): string | undefined {
  if (!url.host) {
    return undefined;
  }
  const address =
    url.kind === 'http'
      ? url.shown
      : `https://${url.host.split(':')[0]}/${url.shown.replace(
          /^(ssh:\/\/[^/]+\/|[^:]+:)/,
          '',
        )}`;
  const web = address.replace(/\.git\/?$/, '');
  const integration = integrations.byUrl(web);
  // Bitbucket Server and Gerrit have other addresses for people than for git.
  return integration &&
    !['bitbucketServer', 'gerrit'].includes(integration.type)
    ? web
    : undefined;
}
