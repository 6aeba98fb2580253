import { objectHash } from '../git/objectHash';
import { type CommitIdentity, people } from './people';
import type { Landing, Post } from './records';
import type { ServiceSpec } from './ServiceSpec';
import type { WorldState } from './WorldState';

/**
 * Queues what a service outside GitOps tells the portal of a roll-out:
 * development by a CDEvent, as its pipeline does, the rest by
 * `POST /deployments`, as the script on the machines does.
 */
export function postLanding(options: {
  world: WorldState;
  spec: ServiceSpec;
  landing: Landing;
  by?: CommitIdentity;
}): void {
  const { world, spec, landing, by = people.ci } = options;
  const number = world.next(`post/${spec.name}`);
  // Another world's posts must not be taken for this one's.
  const worldId = objectHash('blob', `${world.seed}/${world.start}`).slice(
    0,
    8,
  );
  const key = `${spec.name}-${landing.environment}-${worldId}-${number}`;
  world.posts.push(
    landing.environment === 'development'
      ? {
          at: landing.at,
          key,
          kind: 'event',
          body: cdEvent(spec, landing, key),
        }
      : {
          at: landing.at,
          key,
          kind: 'deployment',
          body: deployment(spec, landing, by),
        },
  );
}

function deployment(
  spec: ServiceSpec,
  landing: Landing,
  by: CommitIdentity,
): Post['body'] {
  return {
    service: `component:default/${spec.name}`,
    environment: landing.environment,
    target: landing.target,
    version: landing.build.version,
    startedAt: iso(landing.startedAt ?? landing.at),
    finishedAt: iso(landing.at),
    rollout: landing.rollout,
    revision: { repository: spec.repository, sha: landing.build.sha },
    actor: { email: by.email, name: by.name },
    url: `https://ci.tern.example/${spec.repository}/runs/${landing.build.order}`,
  };
}

function cdEvent(
  spec: ServiceSpec,
  landing: Landing,
  key: string,
): Post['body'] {
  const source = `https://ci.tern.example/${spec.repository}`;
  const type = 'dev.cdevents.service.deployed.0.2.0';
  return {
    specversion: '1.0',
    id: key,
    source,
    type,
    time: iso(landing.at),
    subject: `component:default/${spec.name}`,
    datacontenttype: 'application/json',
    data: {
      context: {
        version: '0.4.1',
        id: key,
        source,
        type,
        timestamp: iso(landing.at),
      },
      subject: {
        id: `component:default/${spec.name}`,
        source,
        type: 'service',
        content: {
          environment: { id: landing.environment },
          artifactId: `pkg:generic/${spec.name}@${landing.build.version}`,
        },
      },
      customData: {
        revision: { repository: spec.repository, sha: landing.build.sha },
        target: landing.target,
      },
      customDataContentType: 'application/json',
    },
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
