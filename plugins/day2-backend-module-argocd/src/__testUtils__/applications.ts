import type { RawApplication } from './FakeArgocd';

/** Midday of the first day of 2026, and so many minutes after. */
export function at(minutes: number): string {
  return new Date(Date.UTC(2026, 0, 1, 12, minutes))
    .toISOString()
    .replace('.000Z', 'Z');
}

/** A commit of so many. */
export function sha(n: number): string {
  return n.toString(16).padStart(40, 'c');
}

const gitops = {
  repoURL: 'https://git.tern.example/tern/gitops.git',
  path: 'apps/cart/overlays/production',
  targetRevision: 'main',
};

/** A healthy application with so many syncs, ten minutes apart. */
export function createApplication(options: {
  name: string;
  namespace?: string;
  uid?: string;
  project?: string;
  labels?: Record<string, string>;
  syncs?: number;
}): RawApplication {
  const { name, namespace = 'argocd', syncs = 2 } = options;
  const last = syncs - 1;
  const source = { ...gitops };
  return {
    metadata: {
      name,
      namespace,
      uid: options.uid ?? `uid-${namespace}-${name}`,
      resourceVersion: `${1000 + syncs}`,
      creationTimestamp: at(-60),
      ...(options.labels ? { labels: options.labels } : {}),
    },
    spec: {
      project: options.project ?? 'shop',
      source,
      destination: {
        server: 'https://kubernetes.default.svc',
        namespace: 'shop-production',
      },
      syncPolicy: { automated: { prune: true, selfHeal: true } },
    },
    status: {
      controllerNamespace: 'argocd',
      reconciledAt: at(last * 10 + 5),
      sync: {
        status: 'Synced',
        revision: sha(last),
        comparedTo: { source },
      },
      health: { status: 'Healthy', lastTransitionTime: at(last * 10 + 2) },
      history: Array.from({ length: syncs }, (_, id) => ({
        id,
        revision: sha(id),
        deployStartedAt: at(id * 10),
        deployedAt: at(id * 10 + 1),
        source: { ...gitops },
        initiatedBy: { automated: true },
      })),
      operationState: {
        phase: 'Succeeded',
        message: 'successfully synced (all tasks run)',
        startedAt: at(last * 10),
        finishedAt: at(last * 10 + 1),
        operation: {
          sync: { revision: sha(last) },
          initiatedBy: { automated: true },
        },
        syncResult: { revision: sha(last), source },
      },
      resources: [
        {
          group: 'apps',
          version: 'v1',
          kind: 'Deployment',
          namespace: 'shop-production',
          name,
          status: 'Synced',
          health: { status: 'Healthy' },
        },
      ],
      summary: { images: [`ghcr.io/tern/${name}:1.${last}.0`] },
    },
  };
}

/** One more sync of it, as Argo CD records it. */
export function syncAgain(app: RawApplication): void {
  const entries = app.status?.history as unknown[];
  const name = app.metadata.name;
  const next = createApplication({
    name,
    namespace: app.metadata.namespace,
    syncs: entries.length + 1,
  });
  app.status = next.status;
  app.metadata.resourceVersion = next.metadata.resourceVersion;
}
