/** What stands in place of a value that is not to be shown. */
export const redacted = '(redacted)';

const secretKinds = /^(Secret|SealedSecret)$/;
const secretWords =
  /(pass(word|wd|phrase)?|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credentials?|connection[-_]?string|dsn|bearer|cookie)s?$/i;
const harmless =
  /(secretName|secretRef|secretKeyRef|imagePullSecrets?|automountServiceAccountToken|existingSecret|secretStoreRef|tokenExpiration|passwordPolicy)/;
const secretLine =
  /((?:pass(?:word|wd|phrase)?|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credential|connection[-_]?string)[\w-]*["']?\s*[:=]\s*)\S[^\r\n]*/gi;
const maxValue = 500;
// What is looked at for secrets: more than is shown, so that none is cut in two.
const maxRead = 2000;

/** Whether the value at a path is a secret: by the document's kind, or by the last names of the path. */
export function isSecretField(options: {
  kind: string;
  path: string;
}): boolean {
  if (
    secretKinds.test(options.kind) &&
    /^(data|stringData|spec\.encryptedData)\b/.test(options.path)
  ) {
    return true;
  }
  const names = options.path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .slice(-3);
  const last = names[names.length - 1] ?? '';
  // `env[DB_PASSWORD].value` is named by the item, not by `value`.
  const owner = /^(value|literal|data|\d+)$/.test(last)
    ? names[names.length - 2] ?? ''
    : last;
  return (
    !harmless.test(options.path) &&
    (secretWords.test(owner) || /secretGenerator/.test(options.path))
  );
}

/** A value as it may be shown: no secret, no credentials of a URL, at most 500 characters. */
export function showValue(value: string, secret: boolean): string {
  if (secret) {
    return redacted;
  }
  const clean = value
    .slice(0, maxRead)
    .replace(/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^/\s@]+@/gi, `$1${redacted}@`)
    .replace(secretLine, `$1${redacted}`)
    .replace(
      /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g,
      redacted,
    );
  return clean.length > maxValue ? `${clean.slice(0, maxValue - 1)}…` : clean;
}
