import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { isBroken, readGitConfig } from '../config';
import { GitSource } from '../GitSource';

/** A source as the configuration makes it. */
export function createSource(options: {
  directory: string;
  repository: JsonObject;
  networkTimeoutMs?: number;
  maxMirrorBytes?: number;
  binary?: string;
}): GitSource {
  const rootConfig = new ConfigReader({
    day2: { git: { repositories: [options.repository] } },
  });
  const [config] = readGitConfig(rootConfig).repositories;
  if (isBroken(config)) {
    throw new Error(config.problem);
  }
  return GitSource.create({
    config,
    directory: options.directory,
    rootConfig,
    networkTimeoutMs: options.networkTimeoutMs,
    maxMirrorBytes: options.maxMirrorBytes,
    binary: options.binary,
  });
}
