import type { Slot } from '../../delivery/DesiredState';
import { writerFor } from '../../delivery/writerFor';
import { Random } from '../../random/Random';
import type { EnvironmentName, ServiceSpec } from '../ServiceSpec';
import { SECOND } from '../time';
import type { WorldState } from '../WorldState';
import type { ApplicationKind, ApplicationPlan } from './ApplicationState';

const environments = ['development', 'staging', 'production'] as const;

/** Where what names no cluster runs. */
const mainCluster = 'eu-1';

/** Services whose production somebody syncs by hand. */
const manual = new Set(['ledger', 'checkout', 'storefront-web']);

/** Applications that undo by themselves what is changed by hand. */
const selfHealing = new Set([
  'payments-api-staging',
  'payments-api-production',
]);

type Draft = Omit<ApplicationPlan, 'key' | 'period' | 'phase'>;

/**
 * Every application of both Argo CDs: one for each service, environment and
 * cluster that Kubernetes runs (a Compose file it cannot), the parents of
 * applications that are in Git themselves, and a chart of the platform's.
 */
export function plannedApplications(world: WorldState): ApplicationPlan[] {
  const drafts = [
    ...world
      .specs()
      .flatMap(spec =>
        slotsOf(spec).map(slot => serviceApplication(world, spec, slot)),
      ),
    ...environments.flatMap(environment => parent(world, environment)),
    ...['eu-1', 'us-1'].map(chart),
  ];
  return drafts.map(draft => {
    const key = `${draft.instance}/${draft.namespace}/${draft.name}`;
    const random = Random.create(world.seed, 'argocd', key);
    // 120 s and up to 60 s of jitter, as Argo CD has it.
    const period = (120 + random.int(0, 60)) * SECOND;
    return { ...draft, key, period, phase: random.int(0, 179) * SECOND };
  });
}

/** Key of the application that runs a service in a slot. */
export function applicationKey(spec: ServiceSpec, slot: Slot): string {
  return `${slot.target ?? mainCluster}/${namespaceOf(spec)}/${spec.name}-${
    slot.environment
  }`;
}

/** Key of the application that applies the `Application`s of an environment. */
export function parentKey(environment: EnvironmentName): string {
  return `${mainCluster}/argocd/applications-${environment}`;
}

function slotsOf(spec: ServiceSpec): Slot[] {
  return spec.delivery === 'env-file' ? [] : writerFor(spec)?.slots(spec) ?? [];
}

/** Logistics keeps its applications in a namespace of its own. */
function namespaceOf(spec: ServiceSpec): string {
  return spec.team === 'logistics' ? 'logistics-apps' : 'argocd';
}

function serviceApplication(
  world: WorldState,
  spec: ServiceSpec,
  slot: Slot,
): Draft {
  const writer = writerFor(spec)!;
  const { environment } = slot;
  const name = `${spec.name}-${environment}`;
  const cluster = slot.target ?? mainCluster;
  const kind = kindOf(spec);
  const own = kind === 'child' ? [] : filesOf(world, spec, slot);
  const isManual =
    environment === 'production' &&
    (manual.has(spec.name) ||
      (spec.description.startsWith('Generated') &&
        Random.create(world.seed, 'manual', spec.name).chance(0.3)));
  return {
    instance: cluster,
    namespace: namespaceOf(spec),
    name,
    project: spec.team === 'nobody' ? spec.system : spec.team,
    kind,
    service: spec.name,
    environment,
    slot,
    cluster,
    destinationNamespace: `${spec.system}-${environment}`,
    repository: writer.repository,
    paths: [...writer.commonFiles(spec).keys(), ...own],
    automated: !isManual,
    selfHeal: kind === 'child' || selfHealing.has(name),
  };
}

function kindOf(spec: ServiceSpec): ApplicationKind {
  switch (spec.delivery) {
    case 'kustomize':
      return 'kustomize';
    case 'helm':
      return spec.name === 'storefront-web' ? 'helm-sources' : 'helm';
    case 'argocd':
      return 'child';
    default:
      return 'directory';
  }
}

function filesOf(world: WorldState, spec: ServiceSpec, slot: Slot): string[] {
  const state = world.desired(spec.name, slot);
  return [...writerFor(spec)!.files({ spec, slot, state }).keys()];
}

function parent(world: WorldState, environment: EnvironmentName): Draft[] {
  const children = world.specs().filter(spec => spec.delivery === 'argocd');
  if (children.length === 0) {
    return [];
  }
  return [
    {
      ...platform(mainCluster),
      name: `applications-${environment}`,
      kind: 'parent',
      environment,
      destinationNamespace: 'argocd',
      repository: 'tern-helm',
      paths: children.flatMap(spec => filesOf(world, spec, { environment })),
      automated: true,
      selfHeal: true,
    },
  ];
}

function chart(cluster: string): Draft {
  return {
    ...platform(cluster),
    name: 'ingress-nginx',
    kind: 'chart',
    destinationNamespace: 'ingress-nginx',
    paths: [],
    automated: false,
    selfHeal: false,
  };
}

function platform(cluster: string) {
  return {
    instance: cluster,
    namespace: 'argocd',
    project: 'platform',
    cluster,
  };
}
