/** A text without the given secrets and without what stands before the @ of a URL. */
export function withoutSecrets(text: string, secrets: string[] = []): string {
  let result = text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s@]+@/gi, '$1');
  for (const secret of secrets) {
    if (secret.length >= 4) {
      result = result.split(secret).join('***');
      result = result.split(encodeURIComponent(secret)).join('***');
    }
  }
  return result;
}
