import type { Application, Source } from '../schema';

const none = {
  ref: undefined,
  chart: undefined,
  helm: undefined,
  kustomize: undefined,
  directory: undefined,
  plugin: undefined,
};

/** Where an application takes its desired state from now, one or several. */
export function specSources({ spec }: Application): Source[] {
  if (spec.sourceHydrator) {
    // What is applied is the branch that the hydrator writes to.
    const { drySource, syncSource } = spec.sourceHydrator;
    return [
      {
        ...none,
        repoURL: drySource.repoURL,
        path: syncSource.path,
        targetRevision: syncSource.targetBranch,
      },
    ];
  }
  if (spec.sources.length > 0) {
    return spec.sources;
  }
  return spec.source ? [spec.source] : [];
}
