/** How many charts are asked for at once, of one source. */
const AT_ONCE = {
  /** One less than its client sends at once: rules of alerts are read meanwhile. */
  all: 3,
  service: 2,
  reader: 2,
};
/** How many wait: of a source, and of one reader as many as two full pages have. */
const WAITING = { all: 200, reader: 40 };
const WAIT_MS = 15_000;

/** Whose chart it is. */
export interface ChartTurn {
  /** Id of the source that is asked. */
  source: string;
  /** The service whose page it is on. */
  service: string;
  /** Who looks at it. */
  reader: string;
}

interface Waiting extends ChartTurn {
  start: () => void;
  late?: NodeJS.Timeout;
}

/** There are too many before it. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}

/**
 * Charts stand in line for their source, so that one page with heavy ones, and
 * one reader with many pages, leave room for others: who has fewest under way
 * comes first.
 */
export class ChartQueue {
  readonly #waitMs: number;
  readonly #running: ChartTurn[] = [];
  readonly #waiting: Waiting[] = [];

  private constructor(waitMs: number) {
    this.#waitMs = waitMs;
  }

  static create(
    options: {
      /** The longest wait; for tests. */
      waitMs?: number;
    } = {},
  ): ChartQueue {
    return new ChartQueue(options.waitMs ?? WAIT_MS);
  }

  /** @throws BusyError at once where too many wait, or after 15 s of waiting */
  async run<T>(turn: ChartTurn, work: () => Promise<T>): Promise<T> {
    await this.#turn(turn);
    try {
      return await work();
    } finally {
      this.#running.splice(this.#running.indexOf(turn), 1);
      this.#next(turn.source);
    }
  }

  async #turn(turn: ChartTurn): Promise<void> {
    if (this.#mayStart(turn)) {
      this.#running.push(turn);
      return;
    }
    const waiting = this.#waiting.filter(each => each.source === turn.source);
    const own = waiting.filter(({ reader }) => reader === turn.reader);
    if (waiting.length >= WAITING.all || own.length >= WAITING.reader) {
      throw new BusyError('Too many charts wait');
    }
    await new Promise<void>((resolve, reject) => {
      const entry: Waiting = {
        ...turn,
        start: () => {
          clearTimeout(entry.late);
          this.#running.push(turn);
          resolve();
        },
      };
      this.#waiting.push(entry);
      entry.late = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1);
        reject(new BusyError('Too long in line'));
      }, this.#waitMs);
    });
  }

  #next(source: string): void {
    const ready = this.#waiting.filter(
      each => each.source === source && this.#mayStart(each),
    );
    // The first of those that are equal: in the order they came.
    const [first] = ready.sort((a, b) => this.#underWay(a) - this.#underWay(b));
    if (first) {
      this.#waiting.splice(this.#waiting.indexOf(first), 1);
      first.start();
      this.#next(source);
    }
  }

  #underWay({ service, reader }: ChartTurn): number {
    return this.#running.filter(
      each => each.service === service || each.reader === reader,
    ).length;
  }

  #mayStart({ source, service, reader }: ChartTurn): boolean {
    const running = this.#running.filter(each => each.source === source);
    const of = (matches: (each: ChartTurn) => boolean) =>
      running.filter(matches).length;
    return (
      running.length < AT_ONCE.all &&
      of(each => each.service === service) < AT_ONCE.service &&
      of(each => each.reader === reader) < AT_ONCE.reader
    );
  }
}
