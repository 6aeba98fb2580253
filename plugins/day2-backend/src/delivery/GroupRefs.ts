import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type {
  ScoreboardGrouping,
  ServiceMoment,
} from '@day2/backstage-plugin-day2-common';

/** Which groups a service is of at a moment; refs in lower case. */
export class GroupRefs {
  readonly #parents: ReadonlyMap<string, readonly string[]>;
  readonly #above = new Map<string, string[]>();

  private constructor(parents: ReadonlyMap<string, readonly string[]>) {
    this.#parents = parents;
  }

  static create(options: {
    parents: ReadonlyMap<string, readonly string[]>;
  }): GroupRefs {
    return new GroupRefs(options.parents);
  }

  /** Its own first, then those above it. */
  of(moment: ServiceMoment, grouping: ScoreboardGrouping): string[] {
    switch (grouping) {
      case 'organisation':
        return [];
      case 'team':
        return this.#withAbove(moment.owner);
      case 'service':
        return one(moment.ref);
      default:
        return one(moment[grouping]);
    }
  }

  /**
   * Whether a service is in a group, system or domain at a moment.
   *
   * @throws InputError where it is the ref of none of them
   */
  within(within: string): (moment: ServiceMoment) => boolean {
    const ref = normalRef(within);
    switch (kindOf(within)) {
      case 'group':
      case 'user':
        return ({ owner }) => this.#withAbove(owner).includes(ref);
      case 'system':
        return ({ system }) => one(system).includes(ref);
      case 'domain':
        return ({ domain }) => one(domain).includes(ref);
      default:
        throw new InputError(
          'query.within: must be the entity ref of a group, system or domain, e.g. group:default/payments',
        );
    }
  }

  /** Whether a group is another one, or below it. */
  isPartOf(ref: string, whole: string): boolean {
    return this.#withAbove(ref).includes(normalRef(whole));
  }

  /** A group and all that it is a part of, however they are nested. */
  #withAbove(owner: string | undefined): string[] {
    const [ref] = one(owner);
    if (ref === undefined) {
      return [];
    }
    const known = this.#above.get(ref);
    if (known) {
      return known;
    }
    const found = new Set([ref]);
    for (const each of found) {
      for (const parent of this.#parents.get(each) ?? []) {
        found.add(parent);
      }
    }
    const refs = [...found];
    this.#above.set(ref, refs);
    return refs;
  }
}

/** As refs are compared: lower case, in the namespace `default` where none is named. */
export function normalRef(ref: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(ref)).toLocaleLowerCase('en-US');
  } catch {
    return ref.toLocaleLowerCase('en-US');
  }
}

function one(ref: string | undefined): string[] {
  return ref === undefined ? [] : [ref.toLocaleLowerCase('en-US')];
}

function kindOf(ref: string): string | undefined {
  try {
    return parseEntityRef(ref).kind.toLocaleLowerCase('en-US');
  } catch {
    return undefined;
  }
}
