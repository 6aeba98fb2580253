import { annotations, type WhyEmpty } from '@day2/backstage-plugin-day2-common';
import { parseEntityRef } from '@backstage/catalog-model';
import { iso, type Range } from '../http/range';
import type { ServiceRow } from '../services/ServiceStore';
import type { Feed, FeedingSource } from './SourceFeed';

/** What a list that came out empty is of. */
export type EmptyOf = 'deployments' | 'changes' | 'timeline';

const gitConfig = (url: string, role: 'gitops' | 'application') =>
  [
    'day2:',
    '  git:',
    '    repositories:',
    `      - url: ${url}`,
    `        role: ${role}`,
  ].join('\n');

/**
 * Why a list about a service is empty, and what to do: no source configured,
 * none tied to the service, one that could not be read, or truly nothing.
 */
export function whyEmpty(options: {
  of: EmptyOf;
  service: ServiceRow;
  feed: Feed;
  range: Range;
  environment?: string;
  /** Of the newest record outside the range; epoch milliseconds. */
  latestAt?: number;
}): WhyEmpty {
  const { of, service, feed } = options;
  const able = feed.configured.filter(source => canSay(source, of));
  const tied = isTied(feed, of);
  if (able.length === 0 && !tied) {
    return notConfigured(of, service);
  }
  const concerned =
    tied && feed.feedingIds.size > 0
      ? able.filter(source => feed.feedingIds.has(source.id))
      : able;
  const unread = concerned.filter(source => source.lastSuccessAt === undefined);
  const failing = (unread.length > 0 ? unread : concerned).find(
    source => source.error,
  );
  if (failing?.error && (unread.length > 0 || tied)) {
    return notReadable(failing, failing.error);
  }
  if (unread.length > 0) {
    return {
      reason: 'not-read-yet',
      text: `${unread[0].title} has not been read to its end yet; what it says appears here by itself`,
    };
  }
  return tied ? nothingFound(options) : notTied(of, service);
}

function canSay(source: FeedingSource, of: EmptyOf): boolean {
  return (
    (of !== 'changes' && source.kinds.includes('deployment')) ||
    (of !== 'deployments' && source.kinds.includes('change'))
  );
}

/** Deployments come from applications and posted events; a repository alone has none. */
function isTied(feed: Feed, of: EmptyOf): boolean {
  return of === 'deployments'
    ? feed.subjectKinds.has('application') || feed.subjectKinds.has('service')
    : feed.subjectKinds.size > 0;
}

function notConfigured(of: EmptyOf, service: ServiceRow): WhyEmpty {
  const role = of === 'changes' ? 'application' : 'gitops';
  const url =
    role === 'application'
      ? repositoryOf(service) ?? 'https://github.com/your-org/your-service'
      : 'https://github.com/your-org/your-gitops-repository';
  return {
    reason: 'source-not-configured',
    text: `No source that knows ${
      of === 'timeline' ? 'deployments or changes' : of
    } is configured in this portal`,
    fix: {
      text: 'Add a Git repository to app-config.yaml, or post deployments from the pipeline to POST /api/day2/deployments',
      config: gitConfig(url, role),
      docs: 'docs/git.md',
    },
  };
}

function notTied(of: EmptyOf, service: ServiceRow): WhyEmpty {
  const { name } = parseEntityRef(service.ref);
  const url = repositoryOf(service);
  if (of === 'changes' && url) {
    return {
      reason: 'source-not-configured',
      text: `The repository of ${service.title} (${url}) is none of those that the portal reads`,
      fix: {
        text: 'Add it to app-config.yaml',
        config: gitConfig(url, 'application'),
        docs: 'docs/git.md',
      },
    };
  }
  const annotation =
    of === 'changes'
      ? {
          key: annotations.sourceLocation,
          value: `url:https://github.com/your-org/${name}/`,
        }
      : { key: annotations.gitopsPath, value: `**/${name}/**` };
  return {
    reason: 'annotation-missing',
    text:
      of === 'changes'
        ? `Nothing that the sources say is tied to ${service.title}`
        : `No GitOps repository and no posted deployment says where ${service.title} runs`,
    fix: {
      text:
        of === 'changes'
          ? 'Say in catalog-info.yaml where its repository is'
          : 'Say in catalog-info.yaml where its desired state is in the GitOps repository',
      annotation,
      docs: 'docs/services.md',
    },
  };
}

/** A source that could not be read. */
export function notReadable(
  source: FeedingSource,
  error: NonNullable<FeedingSource['error']>,
): WhyEmpty {
  const refused =
    error.code === 'credential-refused' || error.code === 'forbidden';
  return {
    reason: refused ? 'credential-refused' : 'source-unreachable',
    text: `${source.title} could not be read: ${error.text}`,
    since:
      source.failingSince === undefined ? undefined : iso(source.failingSince),
    fix: error.fix ? { text: error.fix, docs: 'docs/pages.md' } : undefined,
  };
}

function nothingFound(options: {
  of: EmptyOf;
  service: ServiceRow;
  range: Range;
  environment?: string;
  latestAt?: number;
}): WhyEmpty {
  const what = {
    deployments: 'No deployment',
    changes: 'No change',
    timeline: 'Nothing',
  }[options.of];
  const where = options.environment ? ` in ${options.environment}` : '';
  const day = (millis: number) => iso(millis).slice(0, 10);
  return {
    reason: 'nothing-found',
    text: `${what} of ${options.service.title}${where} from ${day(
      options.range.from,
    )} to ${day(options.range.to - 1)}`,
    ...(options.latestAt === undefined
      ? {}
      : {
          since: iso(options.latestAt),
          fix: {
            text: `The newest one before that was on ${day(
              options.latestAt,
            )}; take a longer range`,
          },
        }),
  };
}

/** Where the entity says its code is. */
function repositoryOf(service: ServiceRow): string | undefined {
  const slug = service.annotations[annotations.githubProjectSlug];
  if (slug) {
    return `https://github.com/${slug}`;
  }
  const location = service.annotations[annotations.sourceLocation];
  return location?.startsWith('url:') ? location.slice(4) : undefined;
}
