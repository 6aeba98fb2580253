import { linesOf } from './linesOf';
import { placeObservations, type PlacedObservation } from './placeObservations';
import type { UnreadRollout } from './rolloutsOf';
import { observationId, type SourceObservation } from './sequenceObservation';

/** What Git asked for, of which the place on its branch is known. */
export type DesiredObservation = PlacedObservation &
  Required<Pick<PlacedObservation, 'order' | 'manifestRevision'>>;

/** Versions that one repository asked for of one image, along its branch. */
export interface DesiredLine {
  name: string;
  repository: string;
  desired: DesiredObservation[];
}

interface Known {
  line: string;
  said: SourceObservation;
  placed: DesiredObservation;
}

/** What Git asked for, by what of it concerns a sync. */
export interface DesiredState {
  /** Where exactly this commit asked for something. */
  at(sha: string): { repository: string; position: number } | undefined;
  /** What concerns the application that was synced. */
  of(rollout: UnreadRollout): DesiredLine[];
  empty: boolean;
}

/**
 * What of the desired state of a service concerns the application that a sync
 * is of: what lies at its path, else what bears its name, else all; of that what
 * is for its target, or for all targets; and where a target has several
 * applications, of that the images that it runs.
 */
export function desiredFor(options: {
  observations: readonly SourceObservation[];
  rollouts: readonly UnreadRollout[];
}): DesiredState {
  const known = knownOf(options.observations);
  const shas = new Map(
    known.map(({ placed: { manifestRevision, order } }) => [
      manifestRevision.sha,
      { repository: manifestRevision.repository, position: order },
    ]),
  );
  const subjects = new Map<string, Set<string>>();
  for (const { main } of options.rollouts) {
    const target = main.target ?? '';
    const there = subjects.get(target) ?? new Set();
    subjects.set(target, there.add(main.about.subject));
  }
  const found = new Map<string, DesiredLine[]>();
  return {
    empty: known.length === 0,
    at: sha => shas.get(sha),
    of({ main }) {
      const { about, target = '' } = main;
      const id = JSON.stringify([about, target]);
      const lines =
        found.get(id) ??
        toLines(
          ofImages({
            of: ofTarget(ofApplication(known, about), target),
            about,
            alone: subjects.get(target)?.size === 1,
          }),
        );
      found.set(id, lines);
      return lines;
    },
  };
}

function knownOf(observations: readonly SourceObservation[]): Known[] {
  const said = new Map<string, SourceObservation>();
  for (const each of observations) {
    if (
      each.basis === 'desired' &&
      each.versionName !== undefined &&
      each.order !== undefined &&
      each.manifestRevision
    ) {
      said.set(observationId(each), each);
    }
  }
  const placed = placeObservations(
    [...said.values()].map(({ about: _, images: __, ...each }) => ({
      ...each,
      versionName: each.versionName as string,
    })),
  );
  return linesOf(placed).flatMap(({ name, observations: of }) =>
    of.map(each => ({
      line: name,
      said: said.get(observationId(each)) as SourceObservation,
      placed: each as DesiredObservation,
    })),
  );
}

function ofApplication(
  known: Known[],
  { path, application }: SourceObservation['about'],
): { known: Known[]; exact: boolean } {
  const folder = path?.replace(/^(?:\.?\/)+|\/+$/g, '');
  const byPath = folder
    ? known.filter(
        ({ said: { about } }) =>
          about.path === folder || about.path?.startsWith(`${folder}/`),
      )
    : [];
  if (byPath.length > 0) {
    return { known: byPath, exact: true };
  }
  const name = application?.toLowerCase();
  const byName = known.filter(
    ({ said: { about } }) =>
      name !== undefined && about.application?.toLowerCase() === name,
  );
  return { known: byName.length > 0 ? byName : known, exact: false };
}

function ofTarget(
  of: { known: Known[]; exact: boolean },
  target: string,
): Known[] {
  const { known, exact } = of;
  const fitting = known.filter(
    ({ placed }) => (placed.target ?? '') === '' || placed.target === target,
  );
  if (fitting.length > 0) {
    return fitting;
  }
  // Git and the tool name the one target in two ways.
  const single = new Set(known.map(({ placed }) => placed.target)).size === 1;
  return exact || single ? known : [];
}

function ofImages(options: {
  of: Known[];
  about: SourceObservation['about'];
  alone: boolean;
}): Known[] {
  const { of, about, alone } = options;
  const names = new Set(
    (about.images ?? []).map(image => image.split('/').pop()?.toLowerCase()),
  );
  const running = alone ? [] : of.filter(({ line }) => names.has(line));
  return running.length > 0 ? running : of;
}

function toLines(known: Known[]): DesiredLine[] {
  const lines = new Map<string, DesiredLine>();
  for (const { line, placed } of known) {
    const { repository } = placed.manifestRevision;
    const id = `${line}\0${repository}`;
    const of = lines.get(id) ?? { name: line, repository, desired: [] };
    of.desired.push(placed);
    lines.set(id, of);
  }
  for (const { desired } of lines.values()) {
    desired.sort((a, b) => a.order - b.order);
  }
  return [...lines.values()];
}
