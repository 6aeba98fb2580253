/** A repository's URL as Argo CD has it, without credentials. */
export function cleanRepository(url: string): string {
  return url
    .trim()
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)([^/@]*)@/i, (_, scheme, user) =>
      // The user of ssh is part of the address; what follows a colon is a secret.
      /^(?:git\+)?ssh:/i.test(scheme)
        ? `${scheme}${user.split(':')[0]}@`
        : scheme,
    );
}
