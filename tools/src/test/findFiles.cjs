const fs = require('node:fs');
const path = require('node:path');

/** Files below a folder whose name has the ending and whose path has one of the patterns. */
function findFiles({ folder, ending, patterns = [], root }) {
  if (!fs.existsSync(folder)) {
    return [];
  }
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap(entry => {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        return entry.name === 'node_modules'
          ? []
          : findFiles({ folder: full, ending, root });
      }
      return entry.name.endsWith(ending) ? [full] : [];
    })
    .filter(
      file =>
        patterns.length === 0 ||
        patterns.some(p => path.relative(root, file).includes(p)),
    )
    .sort();
}

module.exports = { findFiles };
