// Runs a TypeScript file as the portal's own backend is run: `node run-ts.cjs
// file.ts args…`; or as a hook: `node --require ./tools/run-ts.cjs file.ts`.
require('@backstage/cli/config/nodeTransform.cjs');

if (require.main === module) {
  const path = require('node:path');
  const [file, ...args] = process.argv.slice(2);
  if (!file) {
    process.stderr.write('Usage: node run-ts.cjs <file.ts> [arguments]\n');
    process.exit(2);
  }
  const full = path.resolve(file);
  process.argv = [process.argv[0], full, ...args];
  // A program asks `require.main === module` whether it was started or imported.
  require('node:module').runMain(full);
}
