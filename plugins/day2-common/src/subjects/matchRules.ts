/**
 * The rules by which a subject is tied to services, in their order: the first
 * that matches wins, and every service it names is linked.
 *
 * @public
 */
export const matchRules = [
  {
    rule: 'entity-ref',
    text: 'The source names the entity outright, as a posted deployment does.',
  },
  {
    rule: 'gitops-path',
    text: 'Annotation `day2/gitops-path`: a comma list of `[repository:]path pattern`, with `*` within a folder and `**` across folders.',
  },
  {
    rule: 'argocd-app',
    text: 'For Argo CD applications only: `argocd/app-name`, a comma list of names, else `argocd/app-selector` over the labels of the application, else `argocd/project-name`. `argocd/project-name`, `argocd/app-namespace` and `argocd/instance-name` (a comma list) restrict them, where that is known of the application. Name and selector together are an error, and match nothing.',
  },
  {
    rule: 'image',
    text: 'Annotation `day2/image`: a comma list of image repositories.',
  },
  {
    rule: 'repository',
    text: 'For application repositories only: `backstage.io/source-location`, `github.com/project-slug` or `gitlab.com/project-slug`. Services may share one, narrowed by `day2/repository-path`.',
  },
  {
    rule: 'label',
    text: 'Labels of the resource: `backstage.io/kubernetes-label-selector`, then `backstage.io/kubernetes-id`, then `app.kubernetes.io/instance`, `part-of` or `name` equal to the entity’s name.',
  },
  {
    rule: 'image-name',
    text: 'The last part of the image repository equals the entity’s name.',
  },
  {
    rule: 'application-name',
    text: 'The application’s name, else a folder or file of its path from the end, equals the entity’s name.',
  },
  {
    rule: 'incident-service',
    text: 'For services of PagerDuty only: `pagerduty.com/service-id`, a comma list; several entities may name the same one, and all are linked; `pagerduty.com/account` restricts it to one account. Else the entity whose name or title is the name of that service.',
  },
  {
    rule: 'alerts',
    text: 'For alerts only: `day2/alerts`, sets of label matchers as in PromQL parted by `;`, else `prometheus.io/alert`, a comma list of alert names or `all`, narrowed by `prometheus.io/labels`; `all` needs such labels.',
  },
  {
    rule: 'alert-label',
    text: 'For alerts of entities without `day2/alerts`: the first of the labels `service`, `app`, `app_kubernetes_io_name`, `app_kubernetes_io_instance`, `backstage_io_kubernetes_id`, `job`, `container` and `deployment` that is an entity’s name.',
  },
] as const satisfies { rule: string; text: string }[];

/** @public */
export type MatchRule = (typeof matchRules)[number]['rule'];
