import type { ObservedPerson } from '@day2/backstage-plugin-day2-node';

const maxName = 250;
const maxKey = 300;

const noReply: { pattern: RegExp; namespace: string }[] = [
  {
    pattern: /^(?:\d+\+)?(?<login>[^@+]+)@users\.noreply\.github\.com$/,
    namespace: 'github',
  },
  {
    pattern: /^(?:\d+-)?(?<login>[^@]+)@users\.noreply\.gitlab\.com$/,
    namespace: 'gitlab',
  },
];

/** A Git identity as a person: by address, or by the login that a host's no-reply address holds. */
export function toPerson(identity: {
  name: string;
  email: string;
}): ObservedPerson {
  // One odd identity must not cost a deployment: what no name holds is left out.
  const name = plain(identity.name).slice(0, maxName) || undefined;
  const email = plain(identity.email).toLowerCase().slice(0, maxKey);
  for (const { pattern, namespace } of noReply) {
    const login = pattern.exec(email)?.groups?.login;
    if (login) {
      return { key: login, namespace, name };
    }
  }
  return email
    ? { key: email, namespace: 'email', name }
    : {
        key: (name ?? 'unknown').slice(0, maxKey),
        namespace: 'git-name',
        name,
      };
}

function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, '').trim();
}

/** The same people in the same order, each once. */
export function distinctPersons(persons: ObservedPerson[]): ObservedPerson[] {
  const seen = new Map<string, ObservedPerson>();
  for (const person of persons) {
    const key = `${person.namespace}:${person.key}`;
    if (!seen.has(key)) {
      seen.set(key, person);
    }
  }
  return [...seen.values()].slice(0, 100);
}
