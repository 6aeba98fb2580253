import { after, before, describe } from 'node:test';
import { accessibilitySuite } from './suites/accessibilitySuite';
import { badRelease } from './suites/incidents/badReleaseSuite';
import { incidentsTruthSuite } from './suites/incidents/incidentsTruthSuite';
import { judgeSuite } from './suites/incidents/judgeSuite';
import { operationsFaultsSuite } from './suites/incidents/operationsFaultsSuite';
import { operationsPlaces } from './suites/incidents/operationsPlaces';
import { operationsSourcesSuite } from './suites/incidents/operationsSourcesSuite';
import { scoreboardIncidentsSuite } from './suites/incidents/scoreboardIncidentsSuite';
import { namedMetricsSuite } from './suites/objectives/namedMetricsSuite';
import { objectivesTruthSuite } from './suites/objectives/objectivesTruthSuite';
import { missingPrograms } from './support/monitoring';
import { startContext } from './suites/startContext';

// Its history ends now and goes on, as objectives are of the last 30 days; but
// nothing is deployed in it by itself while the tests run.
describe(
  'the portal of a company, with its objectives and incidents',
  { timeout: 900_000, skip: missingPrograms() },
  () => {
    let started: Awaited<ReturnType<typeof startContext>> | undefined;

    before(async () => {
      started = await startContext({
        sandboxArgs: ['--seed', '1', '--pace', '86400'],
      });
    });

    after(() => started?.stop());

    function context() {
      if (!started) {
        throw new Error('The company or its portal did not start');
      }
      return started;
    }

    const release = badRelease(context);
    operationsSourcesSuite(context);
    objectivesTruthSuite(context);
    namedMetricsSuite(context);
    incidentsTruthSuite(context);
    scoreboardIncidentsSuite(context);
    operationsFaultsSuite(context);
    release.begins();
    // Meanwhile the release goes bad.
    accessibilitySuite(context, operationsPlaces);
    judgeSuite(context);
    release.shows();
    release.ends();
  },
);
