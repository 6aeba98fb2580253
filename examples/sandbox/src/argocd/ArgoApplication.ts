/** Where an application takes its manifests from. */
export interface ArgoSource {
  repoURL: string;
  path?: string;
  chart?: string;
  ref?: string;
  targetRevision?: string;
  directory?: object;
  kustomize?: object;
  helm?: object;
}

export interface ArgoInitiator {
  username?: string;
  automated?: boolean;
}

export interface ArgoSyncResult {
  revision: string;
  revisions?: string[];
  /** Empty but for its URL where there are several. */
  source: ArgoSource;
  sources?: ArgoSource[];
  resources?: object[];
}

/** `v1alpha1Application` of Argo CD's API, as far as the sandbox fills it. */
export interface ArgoApplication {
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    resourceVersion: string;
    generation: number;
    creationTimestamp: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec: {
    project: string;
    destination: { server?: string; name?: string; namespace: string };
    source?: ArgoSource;
    sources?: ArgoSource[];
    syncPolicy?: object;
  };
  status: {
    sync: {
      status: string;
      revision?: string;
      revisions?: string[];
      comparedTo: object;
    };
    health: { status: string; lastTransitionTime: string };
    history?: object[];
    operationState?: {
      phase: string;
      startedAt: string;
      finishedAt?: string;
      message: string;
      operation: object;
      syncResult: ArgoSyncResult;
    };
    resources?: object[];
    summary: { images?: string[] };
    conditions?: object[];
    sourceType?: string;
    sourceTypes?: string[];
    reconciledAt: string;
    controllerNamespace: string;
  };
}
