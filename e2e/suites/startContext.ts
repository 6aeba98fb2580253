import type { PersonName } from '../support';
import {
  fixedWorldArgs,
  launchBrowser,
  PortalApi,
  readTruth,
  startWorld,
  untilSettled,
} from '../support';
import type { TestContext } from './TestContext';

/** The company of the tests with a portal that has read all of it, and a browser. */
export async function startContext(
  options: {
    /** Configuration files behind the portal's own. */
    config?: string[];
    /** False: with no Prometheus and no Alertmanager. */
    monitoring?: boolean;
    /** For another company than the one that stands still. */
    sandboxArgs?: string[];
  } = {},
): Promise<TestContext & { stop(): Promise<void> }> {
  const world = await startWorld({
    ...options,
    sandboxArgs: options.sandboxArgs ?? fixedWorldArgs,
  });
  try {
    const browser = await launchBrowser();
    const apis = new Map<PersonName, Promise<PortalApi>>();
    await untilSettled(world);
    return {
      world,
      browser,
      truth: await readTruth(world),
      api: person => {
        const known =
          apis.get(person) ?? PortalApi.as({ url: world.portal.url, person });
        apis.set(person, known);
        return known;
      },
      stop: async () => {
        await browser.close();
        await world.stop();
      },
    };
  } catch (error) {
    await world.stop();
    throw error;
  }
}
