/**
 * A repository's URL as Argo CD has it, without credentials: neither the user
 * part, with an @ of its own or not, nor a query, where a token may stand.
 */
export function cleanRepository(url: string): string {
  const text = url.trim();
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text)?.[0];
  if (!scheme) {
    return text;
  }
  const rest = text.slice(scheme.length);
  // First: what follows a ? may still be of a password.
  const user = userPartOf(rest);
  const address = rest.slice(user.length).replace(/[?#].*$/s, '');
  // The user of ssh is part of the address; what follows a colon is a secret.
  const name = user.replace(/@$/, '').split(':')[0];
  return /^(?:git\+)?ssh:/i.test(scheme) && name
    ? `${scheme}${name}@${address}`
    : `${scheme}${address}`;
}

/** Up to the last @ before the path; a password may hold a slash where nobody encoded it. */
function userPartOf(text: string): string {
  const plain = /^[^/]*@/.exec(text)?.[0];
  return plain ?? /^[^/:@]+:(?!\d+\/)[^@]*@/.exec(text)?.[0] ?? '';
}
