import { SourceError, type HttpClient } from '@day2/backstage-plugin-day2-node';
import type { ArgocdCredentials } from './config';
import { SessionAnswer } from './schema';

/** A session this short before its end is made anew. */
const MARGIN_MS = 60_000;

/** The bearer token of an instance: the configured one, or a session's that is renewed. */
export class Session {
  readonly #credentials: ArgocdCredentials;
  readonly #http: HttpClient;
  #token: { text: string; expiresAt?: number } | undefined;
  #signingIn: Promise<string> | undefined;

  private constructor(options: {
    credentials: ArgocdCredentials;
    http: HttpClient;
  }) {
    this.#credentials = options.credentials;
    this.#http = options.http;
  }

  static create(options: {
    credentials: ArgocdCredentials;
    http: HttpClient;
  }): Session {
    return new Session(options);
  }

  /** @throws SourceError where signing in fails */
  async token(signal: AbortSignal, now: number): Promise<string> {
    if ('token' in this.#credentials) {
      return this.#credentials.token;
    }
    const { expiresAt = Infinity } = this.#token ?? {};
    if (this.#token && expiresAt - MARGIN_MS > now) {
      return this.#token.text;
    }
    // All who wait share one signing in.
    this.#signingIn ??= this.#signIn(this.#credentials, signal).finally(() => {
      this.#signingIn = undefined;
    });
    return this.#signingIn;
  }

  /** Drops a token that was refused. @returns whether another can be had */
  renew(refused: string): boolean {
    if ('token' in this.#credentials) {
      return false;
    }
    if (this.#token?.text === refused) {
      this.#token = undefined;
    }
    return true;
  }

  async #signIn(
    body: { username: string; password: string },
    signal: AbortSignal,
  ): Promise<string> {
    const answer = SessionAnswer.safeParse(
      await this.#http.json({
        path: '/api/v1/session',
        method: 'POST',
        body,
        signal,
      }),
    );
    if (!answer.success) {
      throw new SourceError({
        code: 'bad-answer',
        message: 'Argo CD answered to the sign-in without a token.',
        fix: 'Check that the url is that of Argo CD, or use a token.',
      });
    }
    const { token } = answer.data;
    this.#token = { text: token, expiresAt: expiryOf(token) };
    return token;
  }
}

/** Epoch milliseconds, if the token tells; it is not verified, since only Argo CD relies on it. */
function expiryOf(token: string): number | undefined {
  try {
    const payload = JSON.parse(
      Buffer.from(token.split('.')[1], 'base64url').toString(),
    );
    return typeof payload.exp === 'number' ? payload.exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
