module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  // A zod schema and the type inferred from it share a name; the compiler knows
  // real redeclarations.
  tsRules: { '@typescript-eslint/no-redeclare': 'off' },
});
