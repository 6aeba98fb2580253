/** A first start reads 120 days of thirteen repositories; a later one nothing. */
const PEOPLE_MS = 2 * 60_000;
const DATA_MS = 60_000;
const SHOWN = 5;

/** The service the README opens first. */
const FIRST_SERVICE = 'payments-api';

/**
 * Waits until what is opened first shows something: the people to sign in as,
 * the first service's deployments, a service for each application of foreign
 * GitOps repositories. Answers what is still missing then, in words.
 */
async function awaitData({ data, sandbox, services, say }) {
  say('Waiting for the catalog to read the people and services …');
  if (!(await data.signIn({ ms: PEOPLE_MS }))) {
    return [
      'Signing in as one of the sandbox’s people does not work, so what the portal has read yet is not known here.',
    ];
  }
  const missing = [];
  if (sandbox) {
    say(`Waiting for the history of ${FIRST_SERVICE} …`);
    if (!(await data.hasDeployments({ service: FIRST_SERVICE, ms: DATA_MS }))) {
      missing.push(`No deployment of ${FIRST_SERVICE} is read yet.`);
    }
  }
  if (services.length > 0) {
    say(`Waiting for the catalog to read ${count(services, 'application')} …`);
    if (!(await data.hasServices({ services, ms: DATA_MS }))) {
      missing.push(`The catalog has not read ${some(services)} whole yet.`);
    }
  }
  const unread = await data.unreadSources();
  if (unread.length > 0) {
    missing.push(
      `${count(unread, 'source')} still being read: ${some(unread)}.`,
    );
  }
  return missing;
}

function count(items, word) {
  return `${items.length} ${word}${items.length === 1 ? '' : 's'}`;
}

function some(names) {
  const shown = names.slice(0, SHOWN).join(', ');
  return names.length > SHOWN
    ? `${shown} and ${names.length - SHOWN} more`
    : shown;
}

module.exports = { awaitData };
