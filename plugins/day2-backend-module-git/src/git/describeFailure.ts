import { SourceError } from '@day2/backstage-plugin-day2-node';
import type { GitFailure } from './GitFailure';
import type { RepositoryUrl } from './repositoryUrl';
import { withoutSecrets } from './withoutSecrets';

type Code = ConstructorParameters<typeof SourceError>[0]['code'];

interface Rule {
  match: RegExp;
  code: Code;
  message: (host: string) => string;
  fix?: string;
}

const credentialFix =
  'Give the host a token under integrations in app-config.yaml, or the repository one under day2.git.repositories[].token, that may read it.';

const rules: Rule[] = [
  {
    match:
      /could not read (Username|Password)|Authentication failed|error: 401|Invalid username or (password|token)|Permission denied \(|HTTP Basic: Access denied/i,
    code: 'credential-refused',
    message: host => `${host} refused the credential for this repository.`,
    fix: credentialFix,
  },
  {
    match: /error: 403|access denied|not allowed to (read|access)/i,
    code: 'forbidden',
    message: host =>
      `${host} does not let this credential read the repository.`,
    fix: credentialFix,
  },
  {
    match: /error: 30[12378]/,
    code: 'misconfigured',
    message: host => `${host} says that the repository is at another address.`,
    fix: 'Change its url in day2.git.repositories to the address it has now.',
  },
  {
    match:
      /out of memory|cannot allocate memory|mmap failed|unable to create (async )?thread/i,
    code: 'bad-answer',
    message: host =>
      `git took more memory than it may for what ${host} sends, and was stopped.`,
    fix: 'Look with git ls-remote whether the server lists refs without end or sends a broken pack. Nothing is lost: it is tried again.',
  },
  {
    match: /unable to create '.*\.lock'|cannot lock ref|\.lock': File exists/i,
    code: 'internal',
    message: () =>
      'Another process of git, or what one left behind, holds the mirror.',
    fix: 'Nothing to do here: a lock older than ten minutes is removed. Two portals need two folders day2.git.directory.',
  },
  {
    match: /error: 429/,
    code: 'rate-limited',
    message: host => `${host} asked us to slow down.`,
  },
  {
    match: /error: 5\d\d/,
    code: 'unreachable',
    message: host => `${host} answered with a server error.`,
    fix: 'Nothing to do here: it is tried again. Look at the Git server if it lasts.',
  },
  {
    match: /dubious ownership/i,
    code: 'misconfigured',
    message: () => 'git refused a repository that belongs to another user.',
    fix: 'Let the portal’s user own the repository or its mirror.',
  },
  {
    match: /Host key verification failed/i,
    code: 'misconfigured',
    message: host => `The SSH host key of ${host} is not known here.`,
    fix: 'Add the host to known_hosts of the user the portal runs as.',
  },
  {
    match:
      /Operation too slow|timed out|Timeout was reached|Operation timed out/i,
    code: 'timeout',
    message: host => `${host} did not answer in time.`,
  },
  {
    match:
      /Could not resolve host|Failed to connect|Connection refused|Connection reset|No route to host|Empty reply from server|Network is unreachable|Couldn't connect|ssh: connect to host/i,
    code: 'unreachable',
    message: host => `${host} cannot be reached.`,
    fix: 'Check the address, the network and the proxy settings of the portal.',
  },
  {
    match: /SSL|certificate/i,
    code: 'unreachable',
    message: host => `The certificate of ${host} is not trusted here.`,
    fix: 'Add its certificate authority to the machine or name it in SSL_CERT_FILE.',
  },
  {
    match: /No space left on device|Disk quota exceeded/i,
    code: 'misconfigured',
    message: () => 'The disk with the mirrors is full.',
    fix: 'Free some space, or set day2.git.directory to another disk.',
  },
  {
    match: /Permission denied|Read-only file system/i,
    code: 'misconfigured',
    message: () => 'A folder could not be written or read.',
    fix: 'Let the portal’s user write the folder day2.git.directory.',
  },
  {
    match:
      /not valid: is this a git repository|unable to parse|bad line length|protocol error|invalid server response|expected (flush|service)|early EOF|unexpected disconnect|invalid index-pack|index-pack failed|transfer closed|RPC failed|pack has bad object|hung up unexpectedly|unexpected EOF|inflate|pack signature mismatch|bad pack|pack is corrupted|invalid pkt/i,
    code: 'bad-answer',
    message: host =>
      `${host} answered with something that is no Git data, or with half of it.`,
    fix: 'Open the address in a browser: a login page or a proxy may answer in its place.',
  },
  {
    match:
      /error: 404|not found|does not appear to be a git repository|does not exist|No such file or directory|repository .* not found/i,
    code: 'not-found',
    message: host => `There is no repository at this address on ${host}.`,
    fix: 'Check the address. Some hosts say the same where the credential may not see it.',
  },
];

/** A failed call of git as a sentence for the Sources page, secrets removed. */
export function describeFailure(options: {
  failure: GitFailure;
  url: RepositoryUrl;
  secrets?: string[];
}): SourceError {
  const { failure, url } = options;
  const host = url.host ?? 'this machine';
  if (failure.reason === 'missing') {
    return gitMissing();
  }
  if (failure.reason === 'timeout') {
    return new SourceError({
      code: 'timeout',
      message: `${host} did not answer in time.`,
    });
  }
  if (failure.reason === 'too-much') {
    return new SourceError({
      code: 'bad-answer',
      message: `${host} sent more than can be held.`,
    });
  }
  if (url.kind === 'file' && isAbsence(failure.stderr)) {
    return new SourceError({
      code: 'not-found',
      message: `There is no Git repository at ${url.shown}.`,
      fix: 'A source archive (tarball) has no .git folder: make a clone with git clone, or correct the path.',
    });
  }
  for (const rule of rules) {
    if (rule.match.test(failure.stderr)) {
      return new SourceError({
        code: rule.code,
        message: rule.message(host),
        fix: rule.fix,
      });
    }
  }
  const detail = withoutPaths(withoutSecrets(failure.stderr, options.secrets))
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
    .slice(-2)
    .join(' ')
    .slice(0, 300);
  return new SourceError({
    code: 'bad-answer',
    message: `git could not read the repository: ${detail || failure.message}`,
  });
}

/** Said at start and at each run while there is no usable `git`. */
export function gitMissing(): SourceError {
  return new SourceError({
    code: 'misconfigured',
    message: 'The command git was not found, or is older than 2.32.',
    fix: 'Install it on the portal’s machine (Debian: apt-get install git; macOS: xcode-select --install) and start the portal again.',
  });
}

/** Said where the mirror is damaged and could not be made anew. */
export function mirrorDamaged(): SourceError {
  return new SourceError({
    code: 'misconfigured',
    message: 'The mirror of this repository on the portal’s disk is damaged.',
    fix: 'Remove the folder of this repository in day2.git.directory: it is cloned anew. Check the disk if it comes back.',
  });
}

/** Where things are on the portal's machine is no one else's business. */
function withoutPaths(text: string): string {
  return text.replace(/(^|[\s'"(=])\/[^\s'":)]+/g, '$1…');
}

function isAbsence(stderr: string): boolean {
  return /does not appear to be a git repository|does not exist|not a git repository|No such file or directory/i.test(
    stderr,
  );
}
