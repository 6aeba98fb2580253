import type { MatchableSubject } from './matchFinding';
import { matchSubject, type SubjectMatches } from './matchSubject';
import { ServiceIndex, type MatchableService } from './ServiceIndex';

/**
 * Finds the services that subjects belong to. Services are indexed once, so
 * that any number of subjects is matched in no time.
 *
 * @public
 */
export class SubjectMatcher {
  readonly #index: ServiceIndex;

  private constructor(index: ServiceIndex) {
    this.#index = index;
  }

  static create(options: {
    services: Iterable<MatchableService>;
  }): SubjectMatcher {
    return new SubjectMatcher(ServiceIndex.create(options.services));
  }

  /**
   * All services that the first matching rule of `matchRules` names. A name
   * that several services have is no evidence: such a subject belongs to none,
   * and the note says so. Services that left the catalog count only where no
   * other fits.
   */
  match(options: { subject: MatchableSubject }): SubjectMatches {
    return matchSubject({ subject: options.subject, index: this.#index });
  }
}
