const fs = require('node:fs');
const path = require('node:path');
const { Problem } = require('../support/Problem.cjs');
const { runLogged } = require('../support/runLogged.cjs');

/** The git module's command: `--out <catalog.yaml> --directory <mirrors> <name>=<url>…`. */
const COMMAND = 'plugins/day2-backend-module-git/src/cli/discover.ts';

/**
 * Prepares the portal for foreign GitOps repositories (`npm start -- --gitops
 * <url>`): a generated configuration with one entry of `day2.git.repositories`
 * for each, and a generated catalog, both below `.day2/gitops`; the portal reads
 * the catalog from there (`portal.generatedCatalog`). Which applications a
 * repository holds is the git module's knowledge: its command writes the catalog.
 * Answers the configuration files to add.
 *
 * Backstage replaces lists when it merges files, so the repositories of the files
 * before are repeated, their `${…}` untouched.
 */
async function prepareGitops(options) {
  const { urls, paths, configs, node, env, supervisor } = options;
  if (urls.length === 0) {
    fs.rmSync(paths.gitops, { recursive: true, force: true });
    return [];
  }
  const command = path.join(paths.root, COMMAND);
  if (!fs.existsSync(command)) {
    throw new Problem({
      what: 'This checkout cannot read foreign GitOps repositories yet',
      todo: `It lacks ${COMMAND}.`,
    });
  }
  fs.mkdirSync(paths.gitops, { recursive: true });
  const catalog = path.join(paths.gitops, 'catalog.yaml');
  const config = gitopsConfig({
    urls,
    repositories: readRepositories({ configs, root: paths.root }),
  });
  const discovered = await runLogged({
    supervisor,
    command: node.bin,
    args: [
      path.join(paths.root, 'tools', 'run-ts.cjs'),
      command,
      '--out',
      catalog,
      // The portal's own mirrors (day2.git.directory), so that it need not clone.
      '--directory',
      path.join(paths.state, 'git'),
      ...discoverArguments(config, urls),
    ],
    cwd: paths.root,
    env,
    log: path.join(paths.logs, 'gitops.log'),
    echo: true,
  });
  if (discovered.code !== 0 || !fs.existsSync(catalog)) {
    throw new Problem({
      what: 'The GitOps repositories could not be read',
      todo: [
        'Check the addresses, and that git clone works with them here.',
        `All that was said is in ${discovered.log}`,
      ],
    });
  }
  const file = path.join(paths.gitops, 'app-config.gitops.yaml');
  fs.writeFileSync(file, JSON.stringify(config, undefined, 2));
  return [file];
}

/** The generated configuration, as JSON, which is YAML as well. */
function gitopsConfig({ urls, repositories }) {
  const names = new Set(
    repositories.map(({ name, url }) => name ?? lastPart(url)),
  );
  const added = [...new Set(urls)].map(url => {
    const name = unusedName(lastPart(url), names);
    names.add(name);
    return { name, url, role: 'gitops' };
  });
  return { day2: { git: { repositories: [...repositories, ...added] } } };
}

/** The names of the configuration are the ones the catalog is tied by. */
function discoverArguments(config, urls) {
  return config.day2.git.repositories
    .slice(-new Set(urls).size)
    .map(({ name, url }) => `${name}=${url}`);
}

/**
 * The name a repository has when none is given: `https://host/a/b.git` is `b`.
 * The portal gives entries without a name the same (repositoryNameOf in repositoryUrl.ts).
 */
function lastPart(url) {
  const last = url
    .replace(/[/\\]+$/, '')
    .split(/[/\\:]/)
    .at(-1);
  const name = last
    .replace(/\.git$/, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 90);
  return name || 'repository';
}

/** Names are unique: a second `gitops` is `gitops-2`. */
function unusedName(wanted, names) {
  let name = wanted;
  for (let n = 2; names.has(name); n++) {
    name = `${wanted}-${n}`;
  }
  return name;
}

/** The names of the components in the generated catalog; none where there is none. */
function readGeneratedServices({ paths }) {
  const file = path.join(paths.gitops, 'catalog.yaml');
  if (!fs.existsSync(file)) {
    return [];
  }
  return yamlOf(paths.root)
    .loadAll(fs.readFileSync(file, 'utf8'))
    .filter(entity => entity?.kind === 'Component')
    .map(({ metadata }) => metadata.name);
}

function yamlOf(root) {
  // Only here, because the bootstrap runs before there are any packages.
  return require(require.resolve('js-yaml', { paths: [root] }));
}

function readRepositories({ configs, root }) {
  const yaml = yamlOf(root);
  let repositories = [];
  for (const config of configs) {
    const content = yaml.load(fs.readFileSync(config, 'utf8')) ?? {};
    repositories = content.day2?.git?.repositories ?? repositories;
  }
  return repositories;
}

module.exports = {
  prepareGitops,
  readGeneratedServices,
  gitopsConfig,
  discoverArguments,
};
