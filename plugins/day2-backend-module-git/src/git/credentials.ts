import type { Config } from '@backstage/config';
import {
  DefaultAzureDevOpsCredentialsProvider,
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import type { RepositoryUrl } from './repositoryUrl';

/** What git is given when a server asks who we are. */
export interface GitCredentials {
  username: string;
  password: string;
}

/** Finds credentials at each call, since the tokens of apps are short-lived. */
export type CredentialsProvider = () => Promise<GitCredentials | undefined>;

/**
 * Credentials for a repository: its own configuration first, then what its
 * address holds, then the Backstage integration of its host.
 */
export function createCredentialsProvider(options: {
  url: RepositoryUrl;
  config: Config;
  own?: GitCredentials;
}): CredentialsProvider {
  const { url, own } = options;
  if (url.kind !== 'http') {
    return async () => undefined;
  }
  const fixed = own ?? url.credentials;
  if (fixed) {
    return async () => fixed;
  }
  const integrations = ScmIntegrations.fromConfig(options.config);
  const github =
    DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  const azure =
    DefaultAzureDevOpsCredentialsProvider.fromIntegrations(integrations);
  return async () => {
    const address = url.remote;
    const integration = integrations.byUrl(address);
    switch (integration?.type) {
      case 'github': {
        const { token } = await github.getCredentials({ url: address });
        return token
          ? { username: 'x-access-token', password: token }
          : undefined;
      }
      case 'gitlab': {
        const token = integrations.gitlab.byUrl(address)?.config.token;
        return token ? { username: 'oauth2', password: token } : undefined;
      }
      case 'azure': {
        const found = await azure.getCredentials({ url: address });
        return found?.token
          ? { username: 'day2', password: found.token }
          : undefined;
      }
      case 'bitbucketCloud': {
        const { token, username, appPassword } =
          integrations.bitbucketCloud.byUrl(address)?.config ?? {};
        if (username && appPassword) {
          return { username, password: appPassword };
        }
        return token
          ? { username: 'x-bitbucket-api-token-auth', password: token }
          : undefined;
      }
      case 'bitbucketServer': {
        const { token, username, password } =
          integrations.bitbucketServer.byUrl(address)?.config ?? {};
        if (username && password) {
          return { username, password };
        }
        return token
          ? { username: 'x-token-auth', password: token }
          : undefined;
      }
      case 'gitea': {
        const { username, password } =
          integrations.gitea.byUrl(address)?.config ?? {};
        return username && password ? { username, password } : undefined;
      }
      case 'gerrit': {
        const { username, password } =
          integrations.gerrit.byUrl(address)?.config ?? {};
        return username && password ? { username, password } : undefined;
      }
      default:
        return undefined;
    }
  };
}
