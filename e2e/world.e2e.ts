import { after, before, describe } from 'node:test';
import type { PersonName } from './support';
import {
  fixedWorldArgs,
  launchBrowser,
  PortalApi,
  readTruth,
  startWorld,
  untilSettled,
} from './support';
import { accessSuite } from './suites/accessSuite';
import { accessibilitySuite } from './suites/accessibilitySuite';
import { overviewSuite } from './suites/overviewSuite';
import { repositorySuite } from './suites/repositorySuite';
import { restartSuite } from './suites/restartSuite';
import { servicePageSuite } from './suites/servicePageSuite';
import { sourcesSuite } from './suites/sourcesSuite';
import type { TestContext } from './suites/TestContext';
import { truthSuite } from './suites/truthSuite';

// One company, one portal and one browser for all of it: to start them takes
// longer than most of the tests. Those that break something come last, and mend it.
describe('the portal of a company', { timeout: 900_000 }, () => {
  let started: TestContext | undefined;

  before(async () => {
    const world = await startWorld({ sandboxArgs: fixedWorldArgs });
    const apis = new Map<PersonName, Promise<PortalApi>>();
    started = {
      world,
      browser: await launchBrowser(),
      truth: await readTruth(world),
      api: person => {
        const known =
          apis.get(person) ?? PortalApi.as({ url: world.portal.url, person });
        apis.set(person, known);
        return known;
      },
    };
    await untilSettled(world);
  });

  after(async () => {
    await started?.browser.close();
    await started?.world.stop();
  });

  function context(): TestContext {
    if (!started) {
      throw new Error('The company or its portal did not start');
    }
    return started;
  }

  truthSuite(context);
  servicePageSuite(context);
  overviewSuite(context);
  repositorySuite(context);
  accessibilitySuite(context);
  accessSuite(context);
  sourcesSuite(context);
  restartSuite(context);
});
