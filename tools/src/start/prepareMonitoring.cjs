const {
  ensureMonitoring,
  findMonitoring,
} = require('../bootstrap/ensureMonitoring.cjs');
const { Progress } = require('../support/Progress.cjs');

/**
 * Gets Prometheus and Alertmanager for the sandbox, and answers what tells it of
 * them through the environment: nothing where they are not to be had, which is said.
 */
async function prepareMonitoring({
  paths,
  supervisor,
  env,
  say = text => console.log(text),
}) {
  let programs = findMonitoring({ paths, env });
  if (!programs) {
    const progress = new Progress({ total: 1 });
    let reason;
    await progress.step('Fetching Prometheus and Alertmanager', async () => {
      ({ programs, reason } = await ensureMonitoring({
        paths,
        supervisor,
        env,
      }));
      return programs ? 'done' : 'not to be had';
    });
    if (!programs) {
      say(
        `The sandbox goes on without Prometheus and Alertmanager: ${reason}. Their sources will say that they cannot be reached.`,
      );
      return {};
    }
  }
  return {
    DAY2_SANDBOX_PROMETHEUS: programs.prometheus,
    DAY2_SANDBOX_PROMTOOL: programs.promtool,
    DAY2_SANDBOX_ALERTMANAGER: programs.alertmanager,
  };
}

module.exports = { prepareMonitoring };
