import { deriveSequence } from '../deriveSequence';
import { readVersions } from '../readVersions';
import type {
  SequenceDeployment,
  SourceObservation,
} from '../sequenceObservation';

export const HOUR = 60;
export const PATH = 'apps/cart/overlays/production';
export const minute = (n: number) => n * 60_000;
export const sha = (n: number) => n.toString(16).padStart(40, '0');

/** What Git asks for at a position: `minute` is when it landed. */
export function wants(
  position: number,
  at: number,
  version: string,
  more: Partial<SourceObservation> & { path?: string; name?: string } = {},
): SourceObservation {
  const { path = PATH, name = 'cart', ...rest } = more;
  return {
    source: 'git:gitops',
    key: `${sha(position)}:deployment:${path}#${name}`,
    versionName: version,
    image: { repository: `ghcr.io/tern/${name}`, tag: version },
    finishedAt: minute(at),
    order: position,
    basis: 'desired',
    rollout: 'unknown',
    manifestRevision: { repository: 'gitops', sha: sha(position) },
    applicationRevision: { sha: version.padEnd(7, 'a'), found: 'in the tag' },
    about: { subject: `git ${path}#${name}`, path, application: name },
    ...rest,
  };
}

/** A sync of a revision, as Argo CD's history has it. */
export function syncs(
  id: number | string,
  at: number,
  position: number,
  more: Partial<SourceObservation> & { app?: string } = {},
): SourceObservation {
  const { app = 'u1', source = 'argocd:eu', ...rest } = more;
  return {
    source,
    key: `${app}:${id}`,
    startedAt: minute(at) - 5_000,
    finishedAt: minute(at),
    basis: 'synced',
    rollout: 'succeeded',
    manifestRevision: {
      repository: 'https://git.tern.example/tern/gitops.git',
      sha: sha(position),
    },
    about: { subject: `${source} ${app}`, path: PATH, application: 'cart' },
    ...rest,
  };
}

export function healthy(
  id: number,
  at: number,
  position: number,
  more: Parameters<typeof syncs>[3] = {},
): SourceObservation {
  return {
    ...syncs(`${id}:healthy`, at, position, more),
    basis: 'healthy',
    startedAt: undefined,
  };
}

const positionOf = ({ sha: of }: { sha: string }) => ({
  repository: 'gitops',
  position: parseInt(of, 16),
});

/** The deployments of these observations, whichever way round they come. */
export function derive(
  observations: SourceObservation[],
  options: Partial<Parameters<typeof readVersions>[0]> = {},
): SequenceDeployment[] {
  const read = (each: SourceObservation[]) =>
    deriveSequence({
      observations: readVersions({
        observations: each,
        positionOf,
        ...options,
      }),
    });
  const derived = read(observations);
  expect(read([...observations].reverse())).toEqual(derived);
  return derived;
}

/** version, rollout, basis, minute it finished, positions it carried (`~`: skipped). */
export function table(deployments: SequenceDeployment[]): string[] {
  return deployments.map(each =>
    [
      each.version,
      each.rollout,
      each.basis,
      each.finishedAt / 60_000,
      each.sources
        .flatMap(({ desired, skipped }) =>
          desired ? `${skipped ? '~' : ''}${parseInt(desired.sha, 16)}` : [],
        )
        .join(','),
    ].join(' '),
  );
}
