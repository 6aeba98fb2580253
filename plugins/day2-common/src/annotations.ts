/**
 * Annotations on catalog entities that Day 2 reads. The first group is what
 * other plugins' users already have; `day2/...` is ours, for what no existing
 * annotation says.
 *
 * @public
 */
export const annotations = {
  sourceLocation: 'backstage.io/source-location',
  managedByLocation: 'backstage.io/managed-by-location',
  githubProjectSlug: 'github.com/project-slug',
  gitlabProjectSlug: 'gitlab.com/project-slug',
  kubernetesId: 'backstage.io/kubernetes-id',
  kubernetesNamespace: 'backstage.io/kubernetes-namespace',
  kubernetesLabelSelector: 'backstage.io/kubernetes-label-selector',
  kubernetesCluster: 'backstage.io/kubernetes-cluster',
  argocdAppName: 'argocd/app-name',
  argocdAppSelector: 'argocd/app-selector',
  argocdProjectName: 'argocd/project-name',
  argocdAppNamespace: 'argocd/app-namespace',
  argocdInstanceName: 'argocd/instance-name',
  prometheusRule: 'prometheus.io/rule',
  prometheusAlert: 'prometheus.io/alert',
  prometheusLabels: 'prometheus.io/labels',
  prometheusInstance: 'prometheus.io/service-name',
  pagerdutyServiceId: 'pagerduty.com/service-id',
  pagerdutyAccount: 'pagerduty.com/account',
  opsgenieComponentSelector: 'opsgenie.com/component-selector',
  gitopsPath: 'day2/gitops-path',
  image: 'day2/image',
  repositoryPath: 'day2/repository-path',
  objectives: 'day2/objectives',
  alerts: 'day2/alerts',
  runbook: 'day2/runbook',
  troubleshooting: 'day2/troubleshooting',
  support: 'day2/support',
  cost: 'day2/cost',
  tier: 'day2/tier',
  regulation: 'day2/regulation',
  operatingModel: 'day2/operating-model',
  previousRefs: 'day2/previous-refs',
  sandbox: 'day2/sandbox',
} as const;
