import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { root } from './support';
import { accessibilitySuite } from './suites/accessibilitySuite';
import { accessSuite } from './suites/accessSuite';
import { overviewSuite } from './suites/overviewSuite';
import { repositorySuite } from './suites/repositorySuite';
import { restartSuite } from './suites/restartSuite';
import { deploymentsByGit } from './suites/scoreboard/deploymentsByGit';
import { scoreboardDeliveries } from './suites/scoreboard/deliveries';
import { scoreboardSuite } from './suites/scoreboard/scoreboardSuite';
import { servicePageSuite } from './suites/servicePageSuite';
import { sourcesSuite } from './suites/sourcesSuite';
import { startContext } from './suites/startContext';
import { truthSuite } from './suites/truthSuite';
import { worldPlaces } from './suites/worldPlaces';

// One company, one portal and one browser for all of it: to start them takes
// longer than most of the tests. Those that break something come last, and mend it.
describe(
  'the portal of a company, from Git alone',
  { timeout: 900_000 },
  () => {
    let started: Awaited<ReturnType<typeof startContext>> | undefined;

    before(async () => {
      started = await startContext({
        monitoring: false,
        config: [join(root, 'e2e', 'git-alone.yaml')],
      });
    });

    after(() => started?.stop());

    function context() {
      if (!started) {
        throw new Error('The company or its portal did not start');
      }
      return started;
    }

    truthSuite(context);
    scoreboardSuite(context, scoreboardDeliveries(context, deploymentsByGit));
    servicePageSuite(context);
    overviewSuite(context);
    repositorySuite(context);
    accessibilitySuite(context, worldPlaces);
    accessSuite(context);
    sourcesSuite(context);
    restartSuite(context);
  },
);
