const fs = require('node:fs');
const path = require('node:path');

/**
 * The environment of everything we start: the right Node and the repository's
 * own commands first on PATH, and the headers of that very Node for native
 * addons: a machine's own `nodedir` may point to those of another.
 */
function childEnv({ env, node, paths, registry, authorities }) {
  const result = {
    ...env,
    PATH: [path.dirname(node.bin), paths.bin, env.PATH]
      .filter(Boolean)
      .join(path.delimiter),
  };
  // A dependency's install script counts installations elsewhere.
  result.SCARF_ANALYTICS ??= 'false';
  delete result.npm_config_nodedir;
  if (headersVersion(node.root) === node.version) {
    result.npm_config_nodedir = node.root;
  }
  if (registry) {
    // Yarn takes npm's packages from where npm does, whatever each has as default.
    result.YARN_NPM_REGISTRY_SERVER ??= registry.replace(/\/$/, '');
    const { protocol, hostname } = new URL(registry);
    if (protocol === 'http:') {
      // npm was told to trust this mirror; yarn asks to be told once more.
      result.YARN_UNSAFE_HTTP_WHITELIST ??= hostname;
    }
  }
  if (authorities) {
    // A company's certificate authority, which npm was told of.
    result.NODE_EXTRA_CA_CERTS ??= authorities;
    result.YARN_HTTPS_CA_FILE_PATH ??= authorities;
  }
  return result;
}

/** The version of Node whose headers lie below `root`, if there are any. */
function headersVersion(root) {
  try {
    const text = fs.readFileSync(
      path.join(root, 'include', 'node', 'node_version.h'),
      'utf8',
    );
    const part = name => new RegExp(`#define ${name} (\\d+)`).exec(text)?.[1];
    return ['NODE_MAJOR_VERSION', 'NODE_MINOR_VERSION', 'NODE_PATCH_VERSION']
      .map(part)
      .join('.');
  } catch {
    return undefined;
  }
}

module.exports = { childEnv };
