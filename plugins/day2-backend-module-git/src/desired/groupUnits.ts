import { createHash } from 'node:crypto';
import {
  isEnvironmentWord,
  placeOfApplication,
} from '@day2/backstage-plugin-day2-common';
import type { Place } from './place';
import type { Unit, Workload } from './model';

/** A workload and where it runs. */
export interface PlacedWorkload {
  workload: Workload;
  place: Place;
  /** Told apart from others of the same directory by its environment. */
  distinct?: boolean;
}

const kindOrder = [
  'Rollout',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Application',
  'HelmRelease',
];

/**
 * The applications among the workloads of one root. Workloads that run the
 * same image are one application (a Deployment and its CronJobs): its primary
 * is the one named like the application, else the first by kind and name.
 */
export function groupUnits(options: {
  /** Directory or file that keys begin with. */
  path: string;
  /** Each is found by its own file rather than by the directory. */
  byFile?: boolean;
  workloads: PlacedWorkload[];
}): Unit[] {
  const groups = new Map<string, PlacedWorkload[]>();
  for (const item of options.workloads) {
    const { kind, images, name } = item.workload;
    const alone =
      kind === 'Application' ||
      kind === 'HelmRelease' ||
      kind === 'values' ||
      kind === 'pattern';
    const group = JSON.stringify([
      environmentOf(item),
      targetOf(item),
      alone || !images[0] ? `${kind}/${name}` : images[0],
    ]);
    const members = groups.get(group);
    if (members) {
      members.push(item);
    } else {
      groups.set(group, [item]);
    }
  }
  const perPlace = new Map<string, number>();
  for (const [first] of groups.values()) {
    const place = JSON.stringify([environmentOf(first), targetOf(first)]);
    perPlace.set(place, (perPlace.get(place) ?? 0) + 1);
  }
  const taken = new Map<string, number>();
  return [...groups.values()].map(members => {
    const sorted = [...members].sort(compare);
    const { workload, place, distinct } = sorted[0];
    const environment = environmentOf(sorted[0]);
    const target = targetOf(sorted[0]);
    const single =
      perPlace.get(JSON.stringify([environment, target])) === 1 &&
      !['Application', 'HelmRelease', 'pattern'].includes(workload.kind);
    const suffix = target ? `@${environment}/${target}` : `@${environment}`;
    const base = `${options.path}#${workload.kind}/${workload.name}${
      distinct && environment ? suffix : ''
    }`;
    const count = (taken.get(base) ?? 0) + 1;
    taken.set(base, count);
    return {
      key: bounded(count > 1 ? `${base}~${count}` : base),
      path: options.byFile ? workload.file : options.path,
      application: applicationOf({ workload, place, single }),
      environment,
      target,
      primary: workload,
      members: sorted.slice(1).map(item => item.workload),
    };
  });
}

function applicationOf(options: {
  workload: Workload;
  place: Place;
  single: boolean;
}): string {
  const { workload, place } = options;
  const { kind, name } = workload;
  if (kind !== 'Application' && kind !== 'HelmRelease') {
    return (options.single && place.application) || name;
  }
  // Argo CD wants a name of its own for each environment: `cart-production`.
  if (place.application && name.startsWith(`${place.application}-`)) {
    return place.application;
  }
  return placeOfApplication({
    name,
    label: place.environment ?? workload.environment,
  }).application;
}

/** Keys are stored in columns of 500 characters, with a SHA before them. */
function bounded(key: string): string {
  if (key.length <= 400) {
    return key;
  }
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 16);
  return `${key.slice(0, 380)}~${hash}`;
}

function environmentOf({
  workload,
  place,
}: PlacedWorkload): string | undefined {
  const { namespace } = workload;
  return (
    place.environment ??
    workload.environment ??
    (namespace && isEnvironmentWord(namespace) ? namespace : undefined)
  )?.slice(0, 100);
}

function targetOf({ workload, place }: PlacedWorkload): string | undefined {
  return (place.target ?? workload.target)?.slice(0, 200);
}

function compare(a: PlacedWorkload, b: PlacedWorkload): number {
  return (
    Number(b.workload.name === b.place.application) -
      Number(a.workload.name === a.place.application) ||
    order(a.workload.kind) - order(b.workload.kind) ||
    (a.workload.name < b.workload.name ? -1 : 1)
  );
}

function order(kind: string): number {
  const index = kindOrder.indexOf(kind);
  return index < 0 ? kindOrder.length : index;
}
