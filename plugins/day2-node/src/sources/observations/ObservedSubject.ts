/**
 * Somebody as a source names them. The hub turns this into a person id before
 * anything is stored; names and addresses stay in its one table of persons.
 *
 * @public
 */
export interface ObservedPerson {
  /** Identity within the namespace, e.g. a lower-cased e-mail address or a login. */
  key: string;
  /** Where `key` is unique: `email`, `github`, `argocd`, ... */
  namespace: string;
  name?: string;
}

/**
 * The thing a source speaks about: an application in a GitOps repository, an
 * application's repository. The hub ties it to services by its traits, in this
 * order: `entityRef`, annotation (`gitopsPath`, `image`, repository), label,
 * image repository, path.
 *
 * @public
 */
export interface ObservedSubject {
  /** Unique within the source and stable over time, e.g. `apps/cart/overlays/prod#Deployment/cart`. */
  key: string;
  kind:
    | 'application'
    | 'repository'
    | 'service'
    /** The SLO files of an entity. */
    | 'objectives'
    /** What alerts are about, by their labels. */
    | 'alerts'
    /** A service of a tool for incidents. */
    | 'incident-service';
  traits: {
    /** Named outright, as by a posted event. */
    entityRef?: string;
    /** Name of the repository in the configuration of the source. */
    repository?: string;
    /** URL, clone URL or slug (`owner/name`) of that repository, all that are known. */
    repositoryUrls?: string[];
    /** Directory or file within the repository. */
    path?: string;
    /** What the path or the manifest calls the application. */
    application?: string;
    /** Resource name, kind and namespace of the workload. */
    resource?: { kind: string; name: string; namespace?: string };
    /** Name of the tool's instance in the configuration, as `argocd/instance-name` has it. */
    instance?: string;
    /** What the tool groups it under, as `argocd/project-name` has it. */
    project?: string;
    /** Labels of the resource and of its pod template. */
    labels?: Record<string, string>;
    /** Id of the tool's service, as `pagerduty.com/service-id` has it. */
    toolService?: { tool: string; id: string; name?: string };
    /** Name of the alert, as `prometheus.io/alert` has it. */
    alert?: string;
    /** Image repositories without tag or digest. */
    images?: string[];
  };
}

/** What every observation of a record has. @public */
export interface ObservationBase {
  /**
   * Unique within the source for ever; says the same thing at each reading.
   * Several observations of one commit share the prefix `<sha>:`, so that they
   * can be withdrawn together.
   */
  key: string;
  /**
   * Order among observations of this key, from the tool (`updated_at`,
   * `resourceVersion`, a history id), never from our clock. An older one than
   * the stored is ignored; the same one is replaced only if it differs.
   */
  version: number;
}
