import { annotations } from '../annotations';
import { matchAlerts } from './matchAlerts';
import { matchArgocd } from './matchArgocd';
import {
  byName,
  type Candidate,
  type Finding,
  type MatchableSubject,
} from './matchFinding';
import { matchIncidentService } from './matchIncidentService';
import type { MatchRule } from './matchRules';
import { normalizeImage } from './normalizeImage';
import { commaList, segmentsOf } from './pathPattern';
import { byLabels } from './labelFindings';
import type { ServiceIndex } from './ServiceIndex';
import { byPath, byRepository } from './sourceFindings';

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
        }: annotate the right one with ${
          finding.annotate ??
          `${annotations.gitopsPath} or ${annotations.image}`
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
  if (kind === 'alerts') {
    yield* matchAlerts(traits, index);
    return;
  }
  if (kind === 'incident-service') {
    yield* matchIncidentService(traits, index);
    return;
  }
  if (kind === 'objectives') {
    return;
  }
  yield { rule: 'gitops-path', candidates: byPath(traits, index) };
  if (traits.resource?.kind === 'Application') {
    yield* matchArgocd(traits, index);
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
