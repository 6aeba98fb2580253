import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  expectLines,
  PortalApi,
  serviceParams,
  startPortal,
  until,
} from '../support';
import { everything } from './everything';
import type { GetContext } from './TestContext';

const services = ['payments-api', 'checkout', 'label-printer'];

/** A portal that is stopped and started again; comes last. */
export function restartSuite(context: GetContext): void {
  async function readRecords(api: PortalApi) {
    const deployments: string[] = [];
    const changes: string[] = [];
    for (const name of services) {
      const input = { params: serviceParams(name), query: everything };
      for (const each of await api.all('listServiceDeployments', input)) {
        deployments.push(`${each.id} ${each.environment} ${each.version}`);
      }
      for (const each of await api.all('listServiceChanges', input)) {
        changes.push(`${each.id} ${each.title}`);
      }
    }
    const { items } = await api.call('listSources', {});
    return {
      deployments,
      changes,
      counts: items.map(({ id, counts }) => `${id} ${JSON.stringify(counts)}`),
      readAt: new Map(
        items
          .filter(({ type }) => type === 'git')
          .map(each => [each.id, each.lastSuccessAt]),
      ),
    };
  }

  describe('a restart of the portal', () => {
    test('keeps every record under its id, doubles nothing, and reads on where it was', async () => {
      const { world } = context();
      const { port, url, config, program } = world.portal;
      const before = await readRecords(await context().api('dana'));
      // This repository may be committed to meanwhile.
      const ofWorld = (lines: string[]) =>
        lines.filter(line => !line.startsWith('git:day2 '));

      await program.stop();
      const restarted = await startPortal({
        stateDir: world.stateDir,
        token: world.token,
        sandboxPort: world.sandbox!.port,
        port,
        config,
      });
      world.portal.program = restarted.program;
      assert.equal(restarted.url, url);
      const api = await PortalApi.as({ url, person: 'dana' });
      await Promise.all(
        [...before.readAt.keys()].map(id =>
          api.call('controlSource', {
            params: { id },
            body: { action: 'run' },
          }),
        ),
      );
      await until({
        what: 'every source to be read once more',
        ask: async () => (await readRecords(api)).readAt,
        accept: readAt =>
          [...readAt].every(
            ([id, at]) => at !== undefined && at !== before.readAt.get(id),
          ),
        ms: 120_000,
      });
      const after = await readRecords(api);
      expectLines({
        of: 'Deployments after the restart',
        shown: after.deployments,
        truth: before.deployments,
      });
      expectLines({
        of: 'Changes after the restart',
        shown: after.changes,
        truth: before.changes,
      });
      // Read from the beginning, a source would have taken in all of it again.
      expectLines({
        of: 'Observations after the restart',
        shown: ofWorld(after.counts),
        truth: ofWorld(before.counts),
      });
      assert.doesNotMatch(
        restarted.program.log,
        /read again from the beginning|History was rewritten/i,
      );
    });
  });
}
