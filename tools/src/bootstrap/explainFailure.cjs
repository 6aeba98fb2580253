const { Problem } = require('../support/Problem.cjs');

const BUILD_TOOLS = {
  linux:
    'Install a compiler. On Debian or Ubuntu: apt-get install python3 make g++',
  darwin: 'Install the command line tools: xcode-select --install',
};

/** Optional addons: their builds may fail, and often do. */
const OPTIONAL = ['keytar', 'cpu-features', 'tree-sitter', 'tree-sitter-json'];

const CAUSES = [
  {
    pattern: /ENOSPC|no space left on device|disk quota exceeded/i,
    what: 'the disk is full',
    todo: ['Free some space and run the same command again.'],
  },
  {
    pattern:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|network request failed|getaddrinfo|socket hang up|FetchError|network timeout/i,
    what: 'the package registry cannot be reached',
    todo: [
      'Check the network, and the proxy if there is one (HTTPS_PROXY).',
      'Behind a mirror, point npm to it (npm config set registry <url>): this set-up follows npm.',
    ],
  },
  {
    pattern:
      /self[- ]signed certificate|unable to (get|verify)[a-z ]*certificate|CERT_/i,
    what: 'the registry’s certificate is not trusted',
    todo: [
      'Set NODE_EXTRA_CA_CERTS to the file with your company’s certificate.',
    ],
  },
  {
    pattern:
      /\b(401|403)\b.*(Unauthorized|Forbidden)|E401|E403|YN0041|authentication/i,
    what: 'the package registry refuses access',
    todo: ['Log in to the registry (npm login) or check its token.'],
  },
  {
    pattern: /lockfile would have been (modified|created)|YN0028/i,
    what: 'yarn.lock does not fit the package.json files',
    todo: [
      'After a change of dependencies run: node .yarn/releases/yarn-4.13.0.cjs install, and commit yarn.lock.',
    ],
  },
  {
    pattern: /EACCES|EPERM|permission denied/i,
    what: 'a folder may not be written',
    todo: ['Check who owns this folder and ~/.yarn.'],
  },
];

/** Puts a failed command's output into words: what failed, why, what to do. */
function explainFailure({ doing, output, log, platform = process.platform }) {
  const addons = failedAddons(output);
  const where = log ? [`All that was said is in ${log}`] : [];
  if (addons.length > 0) {
    // First, because a build that fails has often failed to download before.
    return new Problem({
      what: `${doing}: native code of ${addons.join(', ')} could not be built`,
      todo: [BUILD_TOOLS[platform] ?? BUILD_TOOLS.linux, ...where],
    });
  }
  const cause = CAUSES.find(({ pattern }) => pattern.test(output));
  return new Problem({
    what: cause ? `${doing}: ${cause.what}` : `${doing} failed`,
    todo: [...(cause?.todo ?? []), ...where],
  });
}

function failedAddons(output) {
  const names = [
    ...output.matchAll(/(\S+?)@\S+ couldn.t be built successfully/g),
  ].map(match => match[1]);
  return [...new Set(names)].filter(name => !OPTIONAL.includes(name));
}

module.exports = { explainFailure };
