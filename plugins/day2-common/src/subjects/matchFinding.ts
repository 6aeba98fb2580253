import type { MatchRule } from './matchRules';
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
    instance?: string;
    project?: string;
    labels?: Record<string, string>;
    toolService?: { tool: string; id: string; name?: string };
    alert?: string;
    images?: string[];
  };
}

/** A service that a rule found, and why. */
export interface Candidate {
  service: MatchableService;
  reason: string;
}

/** What one rule says: services, or why it is none. */
export type Finding =
  | {
      rule: MatchRule;
      candidates: Candidate[];
      /** The name that they were found by: of several none is meant. */
      byName?: string;
      /** The annotation that would tell them apart, where it is another. */
      annotate?: string;
    }
  | { note: string };

/** The services of that name. */
export function byName(
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
