import { annotations } from '../annotations';
import { labelsMatch } from './labelSelector';
import type { MatchRule } from './matchRules';
import { normalizeImage } from './normalizeImage';
import { normalizeRepository } from './normalizeRepository';
import { commaList, pathMatches, segmentsOf } from './pathPattern';
import type { MatchableService, ServiceIndex } from './ServiceIndex';

/** What matching reads of a subject. @public */
export interface MatchableSubject {
  kind: string;
  traits: {
    entityRef?: string;
    repository?: string;
    repositoryUrls?: string[];
    path?: string;
    application?: string;
    resource?: { kind: string; name: string; namespace?: string };
    labels?: Record<string, string>;
    images?: string[];
  };
}

/** A service that a subject belongs to, and why. @public */
export interface SubjectMatch {
  serviceId: string;
  rule: MatchRule;
  /** In a sentence. */
  reason: string;
  /** Path patterns that narrow a repository which services share. */
  paths?: string[];
}

/** @public */
export interface SubjectMatches {
  matches: SubjectMatch[];
  /** Why there is none, where a rule nearly matched. */
  note?: string;
}

interface Candidate {
  service: MatchableService;
  reason: string;
}
type Finding =
  | { rule: MatchRule; candidates: Candidate[]; byName?: string }
  | { note: string };

/** The services a subject belongs to; see `SubjectMatcher`. */
export function matchSubject(options: {
  subject: MatchableSubject;
  index: ServiceIndex;
}): SubjectMatches {
  for (const finding of findings(options.subject, options.index)) {
    if ('note' in finding) {
      return { matches: [], note: finding.note };
    }
    const present = finding.candidates.filter(
      ({ service }) => !service.removed,
    );
    const candidates = present.length > 0 ? present : finding.candidates;
    if (candidates.length > 1 && finding.byName !== undefined) {
      const refs = candidates.map(({ service }) => service.refs[0]).sort();
      return {
        matches: [],
        note: `${refs.join(' and ')} are all named ${
          finding.byName
        }: annotate the right one with ${annotations.gitopsPath} or ${
          annotations.image
        }`,
      };
    }
    if (candidates.length > 0) {
      return { matches: toMatches(finding.rule, candidates) };
    }
  }
  return { matches: [] };
}

function* findings(
  { kind, traits }: MatchableSubject,
  index: ServiceIndex,
): Generator<Finding> {
  if (traits.entityRef) {
    const candidates = index.byRef(traits.entityRef).map(service => ({
      service,
      reason: `named outright as ${traits.entityRef}`,
    }));
    yield candidates.length > 0
      ? { rule: 'entity-ref', candidates }
      : { note: `${traits.entityRef} is not in the catalog` };
  }
  if (kind === 'repository') {
    yield { rule: 'repository', candidates: byRepository(traits, index) };
    return;
  }
  yield { rule: 'gitops-path', candidates: byPath(traits, index) };
  if (traits.resource?.kind === 'Application') {
    yield* byArgocdApp(traits, index);
  }
  yield {
    rule: 'image',
    candidates: (traits.images ?? []).flatMap(image =>
      index.byImage(image).map(service => ({
        service,
        reason: `annotation ${annotations.image} names the image ${image}`,
      })),
    ),
  };
  yield* byLabels(traits, index);
  for (const image of traits.images ?? []) {
    const name = normalizeImage(image).split('/').pop() ?? '';
    yield byName(
      'image-name',
      name,
      `the image ${image} bears its name`,
      index,
    );
  }
  if (traits.application) {
    yield byName(
      'application-name',
      traits.application,
      `the application ${traits.application} bears its name`,
      index,
    );
  }
  for (const segment of segmentsOf(traits.path ?? '').reverse()) {
    const reason = `the path ${traits.path} contains its name`;
    yield byName('application-name', segment, reason, index);
    const stem = segment.replace(/\.[a-z0-9]+$/i, '');
    if (stem !== '' && stem !== segment) {
      yield byName('application-name', stem, reason, index);
    }
  }
}

/** `argocd/app-name`, else `argocd/app-selector`; both together name nothing. */
function* byArgocdApp(
  traits: MatchableSubject['traits'],
  index: ServiceIndex,
): Generator<Finding> {
  const name = traits.resource?.name ?? '';
  const labels = traits.labels ?? {};
  const candidates = [
    ...index.byArgocdApp(name).map(service => ({
      service,
      reason: `annotation ${annotations.argocdAppName} names the application ${name}`,
    })),
    ...index
      .argocdSelectorsFor(labels)
      .filter(({ requirements }) => labelsMatch(requirements, labels))
      .map(({ service, text }) => ({
        service,
        reason: `annotation ${annotations.argocdAppSelector} "${text}" selects the application ${name}`,
      })),
  ];
  const hasBoth = ({ service }: Candidate) =>
    Boolean(
      service.annotations[annotations.argocdAppName]?.trim() &&
        service.annotations[annotations.argocdAppSelector]?.trim(),
    );
  const sound = candidates.filter(candidate => !hasBoth(candidate));
  const [wrong] = candidates.filter(
    candidate => hasBoth(candidate) && !candidate.service.removed,
  );
  if (sound.length === 0 && wrong) {
    yield {
      note: `${wrong.service.refs[0]} has both ${annotations.argocdAppName} and ${annotations.argocdAppSelector}, which is an error: keep one of them`,
    };
  }
  yield { rule: 'argocd-app', candidates: sound };
}

function byName(
  rule: MatchRule,
  name: string,
  reason: string,
  index: ServiceIndex,
): Finding {
  return {
    rule,
    byName: name,
    candidates: index.byName(name).map(service => ({ service, reason })),
  };
}

function byPath(
  traits: MatchableSubject['traits'],
  index: ServiceIndex,
): Candidate[] {
  const path = traits.path;
  if (path === undefined) {
    return [];
  }
  const names = new Set(
    [
      traits.repository,
      ...(traits.repositoryUrls ?? []).map(
        url => normalizeRepository(url)?.path,
      ),
    ].map(name => name?.toLowerCase()),
  );
  return index
    .pathsAbove(path)
    .filter(
      ({ repository, pattern }) =>
        (repository === undefined || names.has(repository.toLowerCase())) &&
        pathMatches({ pattern, path }),
    )
    .map(({ service, pattern }) => ({
      service,
      reason: `annotation ${annotations.gitopsPath} "${pattern}" matches ${path}`,
    }));
}

function byRepository(
  traits: MatchableSubject['traits'],
  index: ServiceIndex,
): Candidate[] {
  const found: Candidate[] = [];
  for (const url of traits.repositoryUrls ?? []) {
    const repository = normalizeRepository(url);
    if (!repository) {
      continue;
    }
    const slug = repository.path.toLowerCase();
    const keys = [
      ...(repository.host ? [`url ${repository.host}/${repository.path}`] : []),
      ...(repository.host !== 'gitlab.com' ? [`github ${slug}`] : []),
      ...(repository.host !== 'github.com' ? [`gitlab ${slug}`] : []),
    ];
    for (const service of keys.flatMap(key => index.byRepository(key))) {
      found.push({
        service,
        reason: `its source is the repository ${
          traits.repository ?? repository.path
        }`,
      });
    }
  }
  return found;
}

function* byLabels(
  traits: MatchableSubject['traits'],
  index: ServiceIndex,
): Generator<Finding> {
  const labels = traits.labels ?? {};
  const namespace = traits.resource?.namespace;
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

function toMatches(rule: MatchRule, candidates: Candidate[]): SubjectMatch[] {
  const matches = new Map<string, SubjectMatch>();
  for (const { service, reason } of candidates) {
    const known = matches.get(service.id);
    if (known && known.reason <= reason) {
      continue;
    }
    const paths =
      rule === 'repository'
        ? commaList(service.annotations[annotations.repositoryPath])
        : [];
    matches.set(service.id, {
      serviceId: service.id,
      rule,
      reason,
      ...(paths.length > 0 ? { paths } : {}),
    });
  }
  return [...matches.values()].sort((a, b) =>
    a.serviceId < b.serviceId ? -1 : 1,
  );
}
