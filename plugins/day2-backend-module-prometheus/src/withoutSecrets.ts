/** Longest that is shown: characters. */
const MAX_TEXT = 300;

/** What a tool said, on one line and cut, without what must not be shown. */
export function withoutSecrets(text: string, secrets: string[]): string {
  const told = secrets.reduce(
    (rest, secret) => rest.split(secret).join('***'),
    text,
  );
  const line = told.replace(/[\s\p{C}]+/gu, ' ').trim();
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT)}…` : line;
}
