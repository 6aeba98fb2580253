import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { root } from './support';
import { accessibilitySuite } from './suites/accessibilitySuite';
import { deploymentsByArgocd } from './suites/scoreboard/deploymentsByArgocd';
import { scoreboardDeliveries } from './suites/scoreboard/deliveries';
import { scoreboardPageSuite } from './suites/scoreboard/scoreboardPageSuite';
import { scoreboardSuite } from './suites/scoreboard/scoreboardSuite';
import { startContext } from './suites/startContext';
import { syncPageSuite } from './suites/syncPageSuite';
import { syncPlaces } from './suites/syncPlaces';
import { syncSuite } from './suites/syncSuite';

describe(
  'the portal of a company, with its Argo CDs',
  { timeout: 600_000 },
  () => {
    let started: Awaited<ReturnType<typeof startContext>> | undefined;

    before(async () => {
      started = await startContext({
        monitoring: false,
        config: [join(root, 'e2e', 'no-incidents.yaml')],
      });
    });

    after(() => started?.stop());

    function context() {
      if (!started) {
        throw new Error('The company or its portal did not start');
      }
      return started;
    }

    const deliveries = scoreboardDeliveries(context, deploymentsByArgocd);
    scoreboardSuite(context, deliveries);
    scoreboardPageSuite(context, deliveries);
    syncPageSuite(context);
    accessibilitySuite(context, syncPlaces);
    // It switches Argo CD off and on again, so it comes last.
    syncSuite(context);
  },
);
