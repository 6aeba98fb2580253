import { annotations } from '../annotations';
import { AlertIndex } from './AlertIndex';
import { parseLabelSelector, type LabelRequirement } from './labelSelector';
import { normalizeImage } from './normalizeImage';
import { normalizeRepository } from './normalizeRepository';
import { commaList, segmentsOf } from './pathPattern';

/** What matching knows of a service. @public */
export interface MatchableService {
  id: string;
  /** Its entity refs, former ones too: lower case. */
  refs: string[];
  /** Name of the entity. */
  name: string;
  title?: string;
  annotations: Record<string, string>;
  /** Left the catalog: considered only where no other service fits. */
  removed?: boolean;
}

/** One path of `day2/gitops-path`. */
export interface PathEntry {
  service: MatchableService;
  repository?: string;
  pattern: string;
}

/** One `backstage.io/kubernetes-label-selector` or `argocd/app-selector`. */
export interface SelectorEntry {
  service: MatchableService;
  text: string;
  requirements: LabelRequirement[];
}

/**
 * Services by everything that subjects are matched on, built once for any
 * number of subjects.
 */
export class ServiceIndex {
  readonly #byRef = new Map<string, MatchableService[]>();
  readonly #byName = new Map<string, MatchableService[]>();
  readonly #byArgocdApp = new Map<string, MatchableService[]>();
  // Those that name a project and neither applications nor a selector.
  readonly #byArgocdProject = new Map<string, MatchableService[]>();
  readonly #byPagerdutyService = new Map<string, MatchableService[]>();
  readonly #byTitle = new Map<string, MatchableService[]>();
  readonly #alerts = AlertIndex.create();
  readonly #byImage = new Map<string, MatchableService[]>();
  readonly #byKubernetesId = new Map<string, MatchableService[]>();
  readonly #byRepository = new Map<string, MatchableService[]>();
  // By the part of the pattern before its first wildcard.
  readonly #byPath = new Map<string, PathEntry[]>();
  // By the first `key=value` they demand; '' for those that demand none.
  readonly #bySelector = new Map<string, SelectorEntry[]>();
  readonly #byArgocdSelector = new Map<string, SelectorEntry[]>();

  private constructor() {}

  static create(services: Iterable<MatchableService>): ServiceIndex {
    const index = new ServiceIndex();
    for (const service of services) {
      index.#add(service);
    }
    return index;
  }

  byRef(ref: string): MatchableService[] {
    return this.#byRef.get(ref.toLowerCase()) ?? [];
  }

  byName(name: string): MatchableService[] {
    return this.#byName.get(name.toLowerCase()) ?? [];
  }

  byNameOrTitle(name: string): MatchableService[] {
    const key = name.trim().toLowerCase();
    return [
      ...new Set([...this.byName(key), ...(this.#byTitle.get(key) ?? [])]),
    ];
  }

  /** Those that name the PagerDuty service. */
  byPagerdutyService(id: string): MatchableService[] {
    return this.#byPagerdutyService.get(id) ?? [];
  }

  /** Those whose annotations speak of alerts. */
  get alerts(): AlertIndex {
    return this.#alerts;
  }

  byImage(image: string): MatchableService[] {
    return this.#byImage.get(normalizeImage(image)) ?? [];
  }

  byKubernetesId(id: string): MatchableService[] {
    return this.#byKubernetesId.get(id) ?? [];
  }

  byRepository(key: string): MatchableService[] {
    return this.#byRepository.get(key) ?? [];
  }

  /** Paths that may match: those whose fixed part is the path or above it. */
  pathsAbove(path: string): PathEntry[] {
    const segments = segmentsOf(path);
    const found = [...(this.#byPath.get('') ?? [])];
    for (let length = 1; length <= segments.length; length += 1) {
      found.push(
        ...(this.#byPath.get(segments.slice(0, length).join('/')) ?? []),
      );
    }
    return found;
  }

  /** Selectors of Kubernetes resources that may match these labels. */
  selectorsFor(labels: Record<string, string>): SelectorEntry[] {
    return selectorsOf(this.#bySelector, labels);
  }

  /** Those that name the Argo CD application. */
  byArgocdApp(name: string): MatchableService[] {
    return this.#byArgocdApp.get(name) ?? [];
  }

  /** Those that take all applications of the Argo CD project. */
  byArgocdProject(name: string): MatchableService[] {
    return this.#byArgocdProject.get(name) ?? [];
  }

  /** Selectors of Argo CD applications that may match these labels. */
  argocdSelectorsFor(labels: Record<string, string>): SelectorEntry[] {
    return selectorsOf(this.#byArgocdSelector, labels);
  }

  #add(service: MatchableService): void {
    for (const ref of service.refs) {
      push(this.#byRef, ref.toLowerCase(), service);
    }
    push(this.#byName, service.name.toLowerCase(), service);
    push(this.#byTitle, (service.title ?? '').trim().toLowerCase(), service);
    this.#alerts.add(service);
    const read = (key: string) => service.annotations[key];
    for (const id of commaList(read(annotations.pagerdutyServiceId))) {
      push(this.#byPagerdutyService, id, service);
    }
    for (const image of commaList(read(annotations.image))) {
      push(this.#byImage, normalizeImage(image), service);
    }
    const id = read(annotations.kubernetesId)?.trim();
    if (id) {
      push(this.#byKubernetesId, id, service);
    }
    for (const key of repositoryKeys(service)) {
      push(this.#byRepository, key, service);
    }
    for (const item of commaList(read(annotations.gitopsPath))) {
      const [, repository, pattern] = /^(?:([^:]+):)?(.*)$/.exec(item) ?? [];
      if (pattern) {
        const segments = segmentsOf(pattern);
        const wild = segments.findIndex(segment => segment.includes('*'));
        push(
          this.#byPath,
          segments.slice(0, wild < 0 ? undefined : wild).join('/'),
          { service, repository: repository?.trim(), pattern },
        );
      }
    }
    for (const name of commaList(read(annotations.argocdAppName))) {
      push(this.#byArgocdApp, name, service);
    }
    const project = read(annotations.argocdProjectName)?.trim();
    if (
      project &&
      !read(annotations.argocdAppName)?.trim() &&
      !read(annotations.argocdAppSelector)?.trim()
    ) {
      push(this.#byArgocdProject, project, service);
    }
    addSelector(
      this.#bySelector,
      service,
      read(annotations.kubernetesLabelSelector),
    );
    addSelector(
      this.#byArgocdSelector,
      service,
      read(annotations.argocdAppSelector),
    );
  }
}

function addSelector(
  selectors: Map<string, SelectorEntry[]>,
  service: MatchableService,
  annotation: string | undefined,
): void {
  const text = annotation?.trim();
  const requirements = text ? parseLabelSelector(text) : undefined;
  if (text && requirements) {
    const fixed = requirements.find(
      ({ operator, values }) => operator === 'in' && values.length === 1,
    );
    push(selectors, fixed ? `${fixed.key}=${fixed.values[0]}` : '', {
      service,
      text,
      requirements,
    });
  }
}

function selectorsOf(
  selectors: Map<string, SelectorEntry[]>,
  labels: Record<string, string>,
): SelectorEntry[] {
  return [
    ...(selectors.get('') ?? []),
    ...Object.entries(labels).flatMap(
      ([key, value]) => selectors.get(`${key}=${value}`) ?? [],
    ),
  ];
}

/**
 * What a repository is looked up by: `url host/path`, and for a slug
 * `github path` or `gitlab path`, since such a slug says no host.
 */
function repositoryKeys(service: MatchableService): Set<string> {
  const keys = new Set<string>();
  const location = service.annotations[annotations.sourceLocation];
  const found = location ? normalizeRepository(location) : undefined;
  if (found?.host) {
    keys.add(`url ${found.host}/${found.path}`);
  }
  for (const [annotation, brand] of [
    [annotations.githubProjectSlug, 'github'],
    [annotations.gitlabProjectSlug, 'gitlab'],
  ]) {
    const slug = service.annotations[annotation];
    const path = slug ? normalizeRepository(slug)?.path.toLowerCase() : '';
    if (path) {
      keys.add(`${brand} ${path}`);
    }
  }
  return keys;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (!list) {
    map.set(key, [value]);
  } else if (!list.includes(value)) {
    list.push(value);
  }
}
