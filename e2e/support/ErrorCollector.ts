import type { ConsoleMessage, Page } from 'playwright-core';

/** What the portal itself and React 18 in it say about code that is not ours. */
const KNOWN = [
  /findDOMNode is deprecated/,
  /Support for defaultProps will be removed/,
  /validateDOMNesting/,
  /Each child in a list should have a unique "key" prop/,
  /React Router Future Flag Warning/,
  /Download the React DevTools/,
];

const OURS = /day2/i;

export interface CollectedError {
  kind: 'uncaught' | 'console';
  text: string;
}

/**
 * Listens to a page for uncaught errors and for errors on its console. Any
 * uncaught error counts, whoever caused it; on the console what the portal is
 * known to say is left out, unless it names one of our files.
 */
export class ErrorCollector {
  readonly #errors: CollectedError[] = [];
  readonly #expected: RegExp[] = [];

  static attach(page: Page): ErrorCollector {
    const collector = new ErrorCollector();
    page.on('pageerror', error =>
      collector.#errors.push({
        kind: 'uncaught',
        text: error.stack ?? error.message,
      }),
    );
    page.on('console', message => collector.#take(message));
    return collector;
  }

  private constructor() {}

  /** For a test that provokes an error, such as a server switched off. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  get errors(): CollectedError[] {
    return this.#errors.filter(
      ({ kind, text }) =>
        kind === 'uncaught' || !this.#expected.some(p => p.test(text)),
    );
  }

  /** Throws when there was anything. */
  check(): void {
    const { errors } = this;
    if (errors.length > 0) {
      throw new Error(
        errors.map(({ kind, text }) => `${kind}: ${text}`).join('\n'),
      );
    }
  }

  #take(message: ConsoleMessage): void {
    if (message.type() !== 'error') {
      return;
    }
    const { url } = message.location();
    const text = `${message.text()} (${url})`;
    const known = KNOWN.some(pattern => pattern.test(text));
    if (!known || OURS.test(new URL(url || 'about:blank').pathname)) {
      this.#errors.push({ kind: 'console', text });
    }
  }
}
