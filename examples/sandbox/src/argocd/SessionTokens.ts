import { createHmac, timingSafeEqual } from 'crypto';

/** How long a session token is good for, as by default in Argo CD. */
const lifetimeSeconds = 24 * 3600;

/**
 * The tokens of an Argo CD: one that does not expire, as of an account, and
 * signed ones for those who sign in with user `day2` and that token as password.
 */
export class SessionTokens {
  readonly #token: string;
  readonly #now: () => number;

  private constructor(options: { token: string; now: () => number }) {
    this.#token = options.token;
    this.#now = options.now;
  }

  static create(options: { token: string; now?: () => number }): SessionTokens {
    return new SessionTokens({ now: Date.now, ...options });
  }

  /** A token for who signs in; undefined where name or password are wrong. */
  signIn(username: unknown, password: unknown): string | undefined {
    if (
      username !== 'day2' ||
      typeof password !== 'string' ||
      !isEqual(password, this.#token)
    ) {
      return undefined;
    }
    const at = Math.floor(this.#now() / 1000);
    const unsigned = [
      { alg: 'HS256', typ: 'JWT' },
      {
        iss: 'argocd',
        sub: 'day2:login',
        iat: at,
        nbf: at,
        exp: at + lifetimeSeconds,
      },
    ]
      .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${unsigned}.${this.#sign(unsigned)}`;
  }

  /** What Argo CD says against a request; undefined where it may pass. */
  refuse(authorization: string | undefined): string | undefined {
    const [scheme, token] = (authorization ?? '').split(' ');
    if (scheme.toLowerCase() !== 'bearer' || !token) {
      return 'no session information';
    }
    if (isEqual(token, this.#token)) {
      return undefined;
    }
    const [head, body, signature, ...more] = token.split('.');
    if (!head || !body || !signature || more.length > 0) {
      return 'invalid session: token is malformed: token contains an invalid number of segments';
    }
    if (!isEqual(signature, this.#sign(`${head}.${body}`))) {
      return 'invalid session: token signature is invalid: signature is invalid';
    }
    const { exp } = JSON.parse(Buffer.from(body, 'base64url').toString());
    return exp * 1000 <= this.#now()
      ? 'invalid session: token has invalid claims: token is expired'
      : undefined;
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#token).update(text).digest('base64url');
  }
}

function isEqual(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}
