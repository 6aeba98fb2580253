import type { DesiredState } from '../delivery/DesiredState';
import { writerFor } from '../delivery/writerFor';
import { initialApplicationFiles } from './applicationFiles';
import { imageTag } from './imageTag';
import { isTagged } from './isTagged';
import { people } from './people';
import { postLanding } from './postLanding';
import type { Build, Landing } from './records';
import type { EnvironmentName, ServiceSpec } from './ServiceSpec';
import { sign } from './sign';
import { MINUTE } from './time';
import type { WorldState } from './WorldState';

const environments = ['development', 'staging', 'production'] as const;

/** A file in a GitOps repository that is no YAML: a reader must live with it. */
export const brokenFile = 'manifests/eu-1/staging/legacy-import.yaml';

/**
 * The first commits: every application with its source, then each GitOps
 * repository with every service already running.
 */
export function foundWorld(world: WorldState): void {
  const at = world.start;
  const specs = world.specs();
  const byRepository = new Map<string, ServiceSpec[]>();
  for (const spec of specs) {
    const others = byRepository.get(spec.repository) ?? [];
    byRepository.set(spec.repository, [...others, spec]);
  }
  for (const [name, members] of byRepository) {
    const commit = world.repository(name, 'application').commit({
      author: sign(people.dana, at),
      committer: sign(people.dana, at),
      message: `Import ${name} from the old host`,
      changes: initialApplicationFiles(name, members),
    });
    members.forEach(spec => foundService(world, spec, commit.sha));
  }
  foundGitOps(world, at + 30 * MINUTE);
}

function foundService(world: WorldState, spec: ServiceSpec, sha: string): void {
  const state = world.service(spec.name);
  const build: Build = {
    service: spec.name,
    order: 0,
    version: imageTag({ spec, semver: spec.version, sha }),
    sha,
    readyAt: world.start,
    bad: false,
    urgent: false,
  };
  state.builds.push(build);
  if (isTagged(spec)) {
    world
      .repository(spec.repository, 'application')
      .tag({ name: build.version, sha });
  }
  for (const environment of environments) {
    state.current[environment] = build;
  }
}

function foundGitOps(world: WorldState, at: number): void {
  const files = new Map<string, Map<string, string>>();
  const landings: Landing[] = [];
  for (const spec of world.specs()) {
    const build = world.service(spec.name).builds[0];
    const base = { service: spec.name, build, at, reason: 'initial' as const };
    const writer = writerFor(spec);
    if (!writer) {
      foundPosted(world, spec, build, at);
      continue;
    }
    const repository = files.get(writer.repository) ?? new Map();
    files.set(writer.repository, repository);
    for (const [path, text] of writer.commonFiles(spec)) {
      repository.set(path, text);
    }
    for (const slot of writer.slots(spec)) {
      const state = initialDesired(spec, slot.environment, build.version);
      world.setDesired(spec.name, slot, state);
      for (const [path, text] of writer.files({ spec, slot, state })) {
        repository.set(path, text);
      }
      landings.push({
        ...base,
        ...slot,
        rollout: 'succeeded',
        repository: writer.repository,
      });
    }
  }
  for (const [name, changes] of files) {
    changes.set(
      'README.md',
      `# ${name}\n\nWhat runs where at Tern Outfitters.\n`,
    );
    if (name === 'tern-gitops') {
      changes.set(
        brokenFile,
        'kind: Deployment\n  metadata: {name: legacy-import\nspec: [unfinished\n\t- tab: 1\n',
      );
    }
    const commit = world.repository(name, 'gitops').commit({
      author: sign(people.dana, at),
      committer: sign(people.dana, at),
      message: `Import ${name} from the old host`,
      changes,
    });
    for (const landing of landings) {
      if (landing.repository === name) {
        world.landings.push({ ...landing, sha: commit.sha });
      }
    }
  }
}

function foundPosted(
  world: WorldState,
  spec: ServiceSpec,
  build: Build,
  at: number,
): void {
  for (const environment of environments) {
    const targets =
      environment === 'production'
        ? spec.productionTargets
        : [`${environment}-vm`];
    targets.forEach((target, i) => {
      const landing: Landing = {
        service: spec.name,
        build,
        environment,
        target,
        at: at + i * 5 * MINUTE,
        startedAt: at + i * 5 * MINUTE - MINUTE,
        rollout: 'succeeded',
        reason: 'initial',
      };
      world.landings.push(landing);
      postLanding({ world, spec, landing });
    });
  }
}

function initialDesired(
  spec: ServiceSpec,
  environment: EnvironmentName,
  version: string,
): DesiredState {
  const isProduction = environment === 'production';
  return {
    version,
    replicas: isProduction ? 5 - Math.min(spec.tier, 3) : 1,
    cpu: isProduction ? '250m' : '100m',
    memory: isProduction ? '512Mi' : '256Mi',
    config: {
      LOG_LEVEL: environment === 'development' ? 'debug' : 'info',
      HTTP_TIMEOUT_MS: '2000',
      MAX_CONNECTIONS: isProduction ? '200' : '50',
      CACHE_TTL_SECONDS: '100',
    },
  };
}
