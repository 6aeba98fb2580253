const WITHIN_MS = 60_000;
const MAX_REFUSED = 100;
/** So many addresses are remembered; the one heard of longest ago goes first. */
const MAX_ADDRESSES = 10_000;
/** Who has proven himself is trusted with long bodies for so long. */
const TRUSTED_MS = 3_600_000;

interface Sender {
  refused: number;
  since: number;
  trustedUntil: number;
}

/**
 * Which addresses send much that proves nothing. One that was refused 100 times
 * within a minute, and has proven nothing within an hour, is read no long bodies.
 * Short ones it is read all the same: behind a proxy real deliveries come from
 * where forged ones do.
 */
export class NoisySenders {
  readonly #now: () => number;
  readonly #senders = new Map<string, Sender>();

  private constructor(options: { now: () => number }) {
    this.#now = options.now;
  }

  static create(options: { now: () => number }): NoisySenders {
    return new NoisySenders(options);
  }

  isNoisy(address: string): boolean {
    const sender = this.#senders.get(address);
    const now = this.#now();
    return (
      sender !== undefined &&
      sender.refused >= MAX_REFUSED &&
      now - sender.since < WITHIN_MS &&
      now >= sender.trustedUntil
    );
  }

  refused(address: string): void {
    const sender = this.#of(address);
    const now = this.#now();
    if (now - sender.since >= WITHIN_MS) {
      Object.assign(sender, { refused: 0, since: now });
    }
    sender.refused += 1;
  }

  verified(address: string): void {
    this.#of(address).trustedUntil = this.#now() + TRUSTED_MS;
  }

  #of(address: string): Sender {
    const known = this.#senders.get(address);
    const sender = known ?? {
      refused: 0,
      since: this.#now(),
      trustedUntil: 0,
    };
    this.#senders.delete(address);
    this.#senders.set(address, sender);
    const [oldest] = this.#senders.keys();
    if (this.#senders.size > MAX_ADDRESSES) {
      this.#senders.delete(oldest);
    }
    return sender;
  }
}
