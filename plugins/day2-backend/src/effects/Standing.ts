import type {
  EffectKind,
  EffectRequest,
} from '@day2/backstage-plugin-day2-node';

/** What is news of a record. */
export interface News {
  /** What was told of it last; absent where it is new to whom it is told. */
  from?: string;
  to: string;
  /** The services whose owners are told, by id. */
  serviceIds: string[];
  /** Why, where its state is as it was told: it is more pressing than that. */
  roseFrom?: number;
  /** It has become a part of another record, which goes on. */
  isMerged?: true;
}

/** What whoever may see some of the services of a record is told of it. */
export interface StandingPart {
  serviceIds: string[];
  title: string;
  text?(news: News & { at: number }): string;
}

/** What a record is now, and what it was when it was looked at last. */
export interface Standing {
  kind: EffectKind;
  recordId: string;
  /** All that it may have been announced as. */
  aliases: string[];
  state: string;
  /** When it became that, of what it was; epoch milliseconds. */
  since(from: string | undefined): number;
  priority?: EffectRequest['priority'];
  serviceIds: string[];
  path: string;
  /** One for each set of services of which the same is known. */
  parts: StandingPart[];
  /** Absent where it is new. */
  before?: { state?: string; priority?: number; serviceIds: string[] };
  /** Who told of it: sources by id, and what they said by its id. */
  origins: { source: string; referenceId: string }[];
}
