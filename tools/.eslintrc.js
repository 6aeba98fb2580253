module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  // These scripts are never bundled: __dirname is where they lie.
  rules: { 'no-restricted-syntax': 'off' },
});
