/**
 * `yarn start` and `npm start` run the same script of package.json; who called
 * is told by the user agent that both of them set.
 */
function isYarn(env) {
  return (env.npm_config_user_agent ?? '').startsWith('yarn/');
}

module.exports = { isYarn };
