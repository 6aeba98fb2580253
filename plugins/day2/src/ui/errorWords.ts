/** What went wrong, as far as a page must tell it apart. */
export type ErrorKind =
  | 'signed-out'
  | 'bad-request'
  | 'forbidden'
  | 'not-found'
  | 'too-many'
  | 'server'
  | 'network'
  | 'other';

/** What the backend wrote of a failure; the client's own message has only the status. */
export function writtenBy(error: Error): string | undefined {
  const { body } = error as { body?: { error?: { message?: unknown } } };
  const written = body?.error?.message;
  return typeof written === 'string' && written !== '' ? written : undefined;
}

/** The kind of a failed call, by its HTTP status or by how `fetch` fails. */
export function errorKind(error: Error): ErrorKind {
  const status =
    (error as { statusCode?: number }).statusCode ??
    (error as { response?: { status?: number } }).response?.status;
  if (status === undefined) {
    // Browsers throw a TypeError, each with its own words, where no answer came.
    return error.name === 'TypeError' ? 'network' : 'other';
  }
  if (status === 401) {
    return 'signed-out';
  }
  if (status === 400) {
    return 'bad-request';
  }
  if (status === 403) {
    return 'forbidden';
  }
  if (status === 404) {
    return 'not-found';
  }
  if (status === 429) {
    return 'too-many';
  }
  return status >= 500 ? 'server' : 'other';
}
