import type {
  InvalidDocument,
  Objective,
} from '@day2/backstage-plugin-day2-common';
import type { ObjectiveObservation } from '@day2/backstage-plugin-day2-node';
import type { ObjectiveEntity } from './objectiveEntity';

/** Makes the observations of one entity, each under a key of its own. */
export class ObservationBuilder {
  readonly observations: ObjectiveObservation[] = [];
  readonly #entity: ObjectiveEntity;
  readonly #keys = new Set<string>();

  private constructor(entity: ObjectiveEntity) {
    this.#entity = entity;
  }

  static create(entity: ObjectiveEntity): ObservationBuilder {
    return new ObservationBuilder(entity);
  }

  addObjective(options: {
    objective: Objective;
    line?: number;
    url?: string;
  }): void {
    const { objective, line, url } = options;
    const { id, name, file = '' } = objective;
    this.#add({ id, name, file, line, url, objective });
  }

  addInvalid(options: {
    invalid: InvalidDocument;
    line?: number;
    url?: string;
  }): void {
    const { line, url } = options;
    const { file = '', index, kind, name, reason, path } = options.invalid;
    // A valid one that becomes invalid stays the same, with its past.
    const objective = /(?:^|\.)spec\.objectives\[(\d+)\]/.exec(path)?.[1] ?? 0;
    const number = Number(objective) + 1;
    const id =
      kind === 'SLO' && name
        ? `${name}${number === 1 ? '' : `#${number}`}`
        : `${kind ?? 'document'}:${name ?? index}`;
    this.#add({
      id: this.#keys.has(this.#keyOf(file, id)) ? `${id}!${index}` : id,
      name: name ?? file,
      file,
      line,
      url,
      invalid: { reason: reason.slice(0, 2000), path: path.slice(0, 500) },
    });
  }

  /** The file itself is none. */
  addBroken(options: {
    file: string;
    problem: string;
    line?: number;
    url?: string;
  }): void {
    const { file, problem, line, url } = options;
    const invalid = { reason: `${file} ${problem}`, path: '' };
    this.#add({ id: '', name: file, file, line, url, invalid });
  }

  #add(
    options: Omit<
      ObjectiveObservation,
      'kind' | 'key' | 'version' | 'subject'
    > & {
      id: string;
    },
  ): void {
    const { id, name, file, line, url, objective, invalid } = options;
    const { ref, instance } = this.#entity;
    const key = this.#keyOf(file, id);
    if (this.#keys.has(key)) {
      return;
    }
    this.#keys.add(key);
    this.observations.push({
      kind: 'objective',
      key,
      // A file has no number: what was read last is what it says.
      version: 1,
      subject: { key: ref, kind: 'objectives', traits: { entityRef: ref } },
      name: name.slice(0, 300),
      file,
      ...(line === undefined ? {} : { line }),
      ...(url && /^https?:/.test(url) ? { url } : {}),
      ...(objective ? { objective } : {}),
      ...(invalid ? { invalid } : {}),
      ...(instance === undefined ? {} : { instance }),
    });
  }

  #keyOf(file: string, id: string): string {
    return `${this.#entity.ref}#${file}#${id}`;
  }
}
