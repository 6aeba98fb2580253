/** What has happened to a record, once for each transition. @public */
export type EffectKind = 'incident' | 'objective';

/** Something to be done on the outside about one transition of a record. @public */
export interface EffectRequest {
  /** The same at each attempt: what it did before it must not do twice. */
  idempotencyKey: string;
  kind: EffectKind;
  /**
   * Of the incident or objective as it was announced, also where `path` is
   * another since: the transitions of one come in their order.
   */
  recordId: string;
  /** When it became what it is; epoch milliseconds. */
  at: number;
  /**
   * What was told of it before: `to` where it has become more pressing, absent
   * where it is new to those who are told.
   */
  from?: string;
  /** What it is now: `open`, `mitigated`, `resolved`; `page`, `ok`, ... */
  to: string;
  title: string;
  /** In a sentence or two, without markup. */
  text?: string;
  /** 1 is the most pressing. */
  priority?: 1 | 2 | 3 | 4 | 5;
  /**
   * Entity refs of the services whose owners are told this. Those of which other
   * things are known have a request of their own.
   */
  services: string[];
  /** Within the portal, e.g. `/day2/incidents/…`. */
  path: string;
  /**
   * It tells several at once that began long before they were learnt, after an
   * outage: `recordId` is of none of them.
   */
  digest?: { recordIds: string[] };
}

/**
 * Tells the outside of transitions: a notification, a ticket, a message. It is
 * called at least once for each, and in the order of each record.
 *
 * @public
 */
export interface Effect {
  /** Unique, e.g. `notifications`. */
  readonly id: string;
  readonly kinds: EffectKind[];
  /**
   * Whether it wants this one at all; asked before anything is stored, and not of
   * ends: it is told of the end of what it was told of, and of no other.
   */
  wants?(request: EffectRequest): boolean;
  /**
   * @throws where it could not be done: it is tried again, later each time
   */
  deliver(
    request: EffectRequest,
    options: { signal: AbortSignal },
  ): Promise<void>;
  /**
   * Whether it was done, asked before it is tried again: the answer to the last
   * attempt may have been lost. Absent where a repetition changes nothing.
   */
  find?(
    idempotencyKey: string,
    options: { signal: AbortSignal },
  ): Promise<boolean>;
}
