import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import {
  fixedWorldArgs,
  launchBrowser,
  PortalApi,
  readTruth,
  root,
  startWorld,
  untilSettled,
} from './support';
import type { PersonName } from './support';
import { syncSuite } from './suites/syncSuite';
import type { TestContext } from './suites/TestContext';

// What `npm start -- --argocd` runs, with the built app.
describe(
  'the portal of a company, with its Argo CDs',
  {
    timeout: 600_000,
  },
  () => {
    let started: TestContext | undefined;

    before(async () => {
      const world = await startWorld({
        sandboxArgs: fixedWorldArgs,
        config: [join(root, 'app-config.argocd.yaml')],
      });
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

    syncSuite(() => {
      if (!started) {
        throw new Error('The company or its portal did not start');
      }
      return started;
    });
  },
);
