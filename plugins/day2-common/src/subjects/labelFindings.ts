import { annotations } from '../annotations';
import { labelsMatch } from './labelSelector';
import {
  byName,
  type Candidate,
  type Finding,
  type MatchableSubject,
} from './matchFinding';
import type { MatchableService, ServiceIndex } from './ServiceIndex';

/** By a label selector, by `backstage.io/kubernetes-id`, else by the recommended labels. */
export function* byLabels(
  traits: MatchableSubject['traits'],
  index: ServiceIndex,
): Generator<Finding> {
  const labels = traits.labels ?? {};
  // An Argo CD application lives beside Argo CD, not where its resources run.
  const namespace =
    traits.resource?.kind === 'Application'
      ? undefined
      : traits.resource?.namespace;
  const elsewhere = (service: MatchableService) => {
    const wanted = service.annotations[annotations.kubernetesNamespace];
    return Boolean(wanted && namespace && wanted !== namespace);
  };
  const here = ({ service }: Candidate) => !elsewhere(service);
  yield {
    rule: 'label',
    candidates: index
      .selectorsFor(labels)
      .filter(({ requirements }) => labelsMatch(requirements, labels))
      .map(({ service, text }) => ({
        service,
        reason: `annotation ${annotations.kubernetesLabelSelector} "${text}" selects it`,
      }))
      .filter(here),
  };
  const id = labels[annotations.kubernetesId];
  yield {
    rule: 'label',
    candidates: (id ? index.byKubernetesId(id) : [])
      // A selector wins over an id, as in the Kubernetes plugin.
      .filter(
        service => !service.annotations[annotations.kubernetesLabelSelector],
      )
      .map(service => ({
        service,
        reason: `label ${annotations.kubernetesId}=${id} is its annotation`,
      }))
      .filter(here),
  };
  for (const key of ['instance', 'part-of', 'name']) {
    const name = labels[`app.kubernetes.io/${key}`];
    if (name) {
      const finding = byName(
        'label',
        name,
        `label app.kubernetes.io/${key}=${name} is its name`,
        index,
      );
      yield 'candidates' in finding
        ? { ...finding, candidates: finding.candidates.filter(here) }
        : finding;
    }
  }
}
