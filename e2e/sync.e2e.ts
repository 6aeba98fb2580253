import { after, before, describe } from 'node:test';
import { startContext } from './suites/startContext';
import { syncSuite } from './suites/syncSuite';

describe(
  'the portal of a company, with its Argo CDs',
  { timeout: 600_000 },
  () => {
    let started: Awaited<ReturnType<typeof startContext>> | undefined;

    before(async () => {
      started = await startContext();
    });

    after(() => started?.stop());

    function context() {
      if (!started) {
        throw new Error('The company or its portal did not start');
      }
      return started;
    }

    syncSuite(context);
  },
);
