import { SourceError } from '../sources/SourceError';
import { BodyTooLarge } from './readBody';

/** What a failure is about, in the words of its reader. */
export interface FailureContext {
  /** The tool, e.g. `Argo CD`. */
  tool: string;
  /** Base URL, without credentials. */
  url: string;
  timeoutMs: number;
  maxBytes: number;
}

const connectionFaults: Record<string, { what: string; fix: string }> = {
  ENOTFOUND: {
    what: 'its name is not known',
    fix: 'Check the host in the url, and the DNS of the machine the portal runs on.',
  },
  EAI_AGAIN: {
    what: 'its name could not be looked up',
    fix: 'Check the DNS of the machine the portal runs on.',
  },
  ECONNREFUSED: {
    what: 'nothing listens there',
    fix: 'Check host and port of the url, and that it runs.',
  },
};

/** Why no whole answer came, in plain words. No word of the answer is repeated: it may hold a secret. */
export function describeBroken(
  error: unknown,
  context: FailureContext,
): SourceError {
  const { tool, url, timeoutMs, maxBytes } = context;
  if (error instanceof BodyTooLarge) {
    return new SourceError({
      code: 'bad-answer',
      message: `${tool} at ${url} sent more than ${Math.round(
        maxBytes / 1_000_000,
      )} MB in one answer.`,
      fix: 'Narrow what is read, or give it several entries that each read a part.',
    });
  }
  if ((error as Error)?.name === 'TimeoutError') {
    return new SourceError({
      code: 'timeout',
      message: `${tool} at ${url} did not answer within ${Math.round(
        timeoutMs / 1000,
      )} s.`,
      fix: 'Check that it is up and not overloaded, and that no firewall drops the connection.',
    });
  }
  const code = codeOf(error);
  if (/CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|^ERR_(TLS|SSL)/.test(code)) {
    return new SourceError({
      code: 'unreachable',
      message: `${tool} at ${url} shows a certificate that is not trusted (${code}).`,
      fix: 'Give the portal the certificate of your authority: NODE_EXTRA_CA_CERTS=/path/to/ca.pem. Checking is never switched off.',
    });
  }
  const fault = connectionFaults[code] ?? {
    what: code ? `the connection broke (${code})` : 'the connection broke',
    fix: 'It is tried again by itself. If it stays, look at what stands between: proxy, firewall, load balancer.',
  };
  return new SourceError({
    code: 'unreachable',
    message: `${tool} at ${url} cannot be reached: ${fault.what}.`,
    fix: fault.fix,
  });
}

/** What a refusing status means. */
export function describeStatus(options: {
  status: number;
  retryAfterMs?: number;
  context: FailureContext;
}): SourceError {
  const { status, retryAfterMs } = options;
  const { tool, url } = options.context;
  const at = `${tool} at ${url}`;
  switch (status) {
    case 401:
      return new SourceError({
        code: 'credential-refused',
        status,
        message: `${at} refused the credential (401).`,
        fix: 'Check that the credential is right, whole and not expired.',
      });
    case 403:
      return new SourceError({
        code: 'forbidden',
        status,
        message: `${at} knows the credential but does not let it read this (403).`,
        fix: 'Give it the right to read.',
      });
    case 404:
      return new SourceError({
        code: 'not-found',
        status,
        message: `${at} has nothing at this address (404).`,
        fix: 'Check the path of the url: it is the address of its start page, with the sub-path it is served under, if any.',
      });
    case 429:
      return new SourceError({
        code: 'rate-limited',
        status,
        retryAfterMs: retryAfterMs ?? 60_000,
        message: `${at} says there were too many requests (429).`,
        fix: 'It is read again after a pause. If it stays, set every to a longer time.',
      });
    default:
      return new SourceError({
        code: status >= 500 ? 'unreachable' : 'bad-answer',
        status,
        retryAfterMs,
        message: `${at} answered with an error (${status}).`,
        fix:
          status >= 500
            ? 'It is tried again by itself. If it stays, look at the log of the server and of what stands before it.'
            : 'Check the version of the server and what stands before it: docs say which versions are read.',
      });
  }
}

/** The answer is no JSON. */
export function describeText(
  text: string,
  { tool, url }: FailureContext,
): SourceError {
  return /^\s*</.test(text)
    ? new SourceError({
        code: 'bad-answer',
        message: `${tool} at ${url} sent a web page instead of data.`,
        fix: 'A login page or a proxy answers: open the address in a browser. The url must be one at which the portal reaches the API itself.',
      })
    : new SourceError({
        code: 'bad-answer',
        message: `${tool} at ${url} sent something that is not whole or no JSON.`,
        fix: 'Look at what stands between: a proxy may cut long answers.',
      });
}

/** It sends us elsewhere, with our credential. */
export function describeRedirect(
  location: string | null,
  { tool, url }: FailureContext,
): SourceError {
  let host = 'elsewhere';
  try {
    host = new URL(location ?? '', url).origin;
  } catch {
    // Stays elsewhere.
  }
  return new SourceError({
    code: 'bad-answer',
    message: `${tool} at ${url} sends on to ${host}, where no credential is taken to.`,
    fix: 'If that is its true address, write it into the url. If it is a login page, the portal needs a way past it.',
  });
}

/** The code of the innermost cause that has one. */
function codeOf(error: unknown): string {
  let code = '';
  let at = error as { code?: unknown; cause?: unknown } | undefined;
  for (let depth = 0; at && depth < 5; depth += 1) {
    if (typeof at.code === 'string' && /^[A-Z0-9_]{1,60}$/.test(at.code)) {
      code = at.code;
    }
    at = at.cause as typeof at;
  }
  return code;
}
