import type { DesiredState, Setting, Slot } from '../delivery/DesiredState';
import { writerFor } from '../delivery/writerFor';
import type { ModelCommit } from '../git/ModelRepository';
import type { Random } from '../random/Random';
import { type CommitIdentity, people } from './people';
import type { ConfigurationField } from './records';
import type { ServiceSpec } from './ServiceSpec';
import { sign } from './sign';
import { MINUTE } from './time';
import type { WorldState } from './WorldState';

interface WriteOptions {
  spec: ServiceSpec;
  slots: Slot[];
  change: (state: DesiredState) => DesiredState;
  author: CommitIdentity;
  message: string;
  at: number;
  mergedBy?: CommitIdentity;
  random: Random;
}

/** Writes desired state into the GitOps repositories, one commit a call. */
export class GitOpsCommits {
  readonly #world: WorldState;

  private constructor(world: WorldState) {
    this.#world = world;
  }

  static create(options: { world: WorldState }): GitOpsCommits {
    return new GitOpsCommits(options.world);
  }

  /** Sets the version in each of the slots. */
  setVersion(options: {
    spec: ServiceSpec;
    slots: Slot[];
    version: string;
    author: CommitIdentity;
    message: string;
    at: number;
    /** Where given, by a pull request merged with a merge commit. */
    mergedBy?: CommitIdentity;
    random: Random;
  }): { repository: string; commit: ModelCommit } {
    return this.#write({
      ...options,
      change: state => ({ ...state, version: options.version }),
    });
  }

  /** Sets one setting in each of the slots; says which fields that changed. */
  setSetting(options: {
    spec: ServiceSpec;
    slots: Slot[];
    setting: Setting;
    value: string;
    author: CommitIdentity;
    message: string;
    at: number;
    random: Random;
  }): {
    repository: string;
    commit: ModelCommit;
    fields: ConfigurationField[];
  } {
    const { spec, slots, setting, value } = options;
    const writer = writerFor(spec)!;
    const fields = slots.flatMap(slot => {
      const state = this.#world.desired(spec.name, slot);
      const from = readSetting(state, setting);
      return writer
        .places({ spec, slot, state, setting })
        .map(place => ({ ...place, from, to: value }));
    });
    const written = this.#write({
      ...options,
      change: state => writeSetting(state, setting, value),
    });
    return { ...written, fields };
  }

  #write(options: WriteOptions): { repository: string; commit: ModelCommit } {
    const written = this.#commit(options);
    this.#world.tellDesired(options);
    return written;
  }

  #commit(options: WriteOptions): { repository: string; commit: ModelCommit } {
    const { spec, slots, author, message, at, mergedBy, random } = options;
    const writer = writerFor(spec)!;
    const repository = this.#world.repository(writer.repository, 'gitops');
    const changes = new Map<string, string | undefined>();
    for (const slot of slots) {
      const state = options.change(this.#world.desired(spec.name, slot));
      this.#world.setDesired(spec.name, slot, state);
      for (const [path, text] of writer.files({ spec, slot, state })) {
        if (repository.read(path) !== text) {
          changes.set(path, text);
        }
      }
    }
    const number = this.#world.next(`pull/${writer.repository}`, 101);
    if (!mergedBy) {
      const isMachine = author.email === people.ci.email;
      const [title, ...body] = message.split('\n');
      const commit = repository.commit({
        author: sign(author, at),
        committer: sign(isMachine ? author : people.host, at),
        message: isMachine
          ? message
          : [`${title} (#${number})`, ...body].join('\n'),
        changes,
      });
      return { repository: repository.name, commit };
    }
    const fork = repository.head!;
    const written = Math.max(
      fork.committer.at,
      at - random.int(2, 15) * MINUTE,
    );
    const commit = repository.mergeBranch({
      fork,
      branch: [
        {
          author: sign(author, written),
          committer: sign(author, written),
          message,
          changes,
        },
      ],
      merge: {
        author: sign(mergedBy, at),
        committer: sign(people.host, at),
        message: `Merge pull request #${number} from tern/promote-${
          spec.name
        }-${number}\n\n${message.split('\n')[0]}`,
        changes,
      },
    });
    return { repository: repository.name, commit };
  }
}

function readSetting(state: DesiredState, setting: Setting) {
  switch (setting) {
    case 'replicas':
      return `${state.replicas}`;
    case 'cpu':
    case 'memory':
    case 'restartedAt':
      return state[setting];
    default:
      return state.config[setting];
  }
}

function writeSetting(
  state: DesiredState,
  setting: Setting,
  value: string,
): DesiredState {
  switch (setting) {
    case 'replicas':
      return { ...state, replicas: Number(value) };
    case 'cpu':
    case 'memory':
    case 'restartedAt':
      return { ...state, [setting]: value };
    default:
      return { ...state, config: { ...state.config, [setting]: value } };
  }
}
