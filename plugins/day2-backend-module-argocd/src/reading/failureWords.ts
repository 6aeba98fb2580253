/** What a tool does that fails at one application, of its status; without one no usable answer came. */
export function failureWords(status: number | undefined): string {
  if (status === undefined) {
    return 'gives no usable answer';
  }
  return status >= 500
    ? `answers with an error of its own (${status})`
    : `answers with an error (${status})`;
}
