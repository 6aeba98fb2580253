const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

/**
 * A hash of all that an installation follows from: the lock file, each
 * package.json of the workspaces, yarn's settings, and the Node it is built for.
 */
function installHash({ root, nodeVersion }) {
  const hash = crypto.createHash('sha256');
  hash.update(`${process.platform} ${process.arch} ${nodeVersion}\n`);
  for (const file of [
    'yarn.lock',
    '.yarnrc.yml',
    'package.json',
    ...workspaceManifests(root),
  ]) {
    hash.update(`${file}\n`);
    hash.update(fs.readFileSync(path.join(root, file)));
  }
  return hash.digest('hex');
}

/** Paths of the workspaces' package.json files; patterns are `a/b` or `a/*`. */
function workspaceManifests(root) {
  const { workspaces } = JSON.parse(
    fs.readFileSync(path.join(root, 'package.json'), 'utf8'),
  );
  const folders = workspaces.flatMap(pattern => {
    if (!pattern.endsWith('/*')) {
      return [pattern];
    }
    const parent = pattern.slice(0, -2);
    const full = path.join(root, parent);
    return fs.existsSync(full)
      ? fs.readdirSync(full).map(name => `${parent}/${name}`)
      : [];
  });
  return folders
    .map(folder => `${folder}/package.json`)
    .filter(file => fs.existsSync(path.join(root, file)))
    .sort();
}

module.exports = { installHash };
