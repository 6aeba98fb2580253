import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectLines, serviceParams, until } from '../support';
import { everything } from './everything';
import { gitLog } from './gitLog';
import { onPage } from './onPage';
import type { GetContext } from './TestContext';

/** This repository itself as a service, held against `git log`. */
export function repositorySuite(context: GetContext): void {
  const params = serviceParams('day2');

  /** Changes as the API lists them, once it has read what `git log` tells now. */
  async function readChanges() {
    const dana = await context().api('dana');
    let asked = 0;
    return await until({
      what: 'as many changes as git log has',
      ask: async () => {
        const titles = await gitLog();
        const changes = await dana.all('listServiceChanges', {
          params,
          query: everything,
        });
        if (changes.length !== titles.length && asked !== titles.length) {
          // Somebody has committed meanwhile: it need not wait for its minute.
          asked = titles.length;
          await dana.call('controlSource', {
            params: { id: 'git:day2' },
            body: { action: 'run' },
          });
        }
        return { titles, changes };
      },
      accept: ({ titles, changes }) => titles.length === changes.length,
      ms: 90_000,
    });
  }

  describe('this repository as a service', () => {
    test('has a change for each commit along the first parent', async () => {
      const { titles, changes } = await readChanges();
      expectLines({
        of: 'Changes of this repository',
        shown: changes.map(({ title }) => title).sort(),
        truth: [...titles].sort(),
      });
      assert.deepEqual(
        new Set(changes.map(({ kind }) => kind)),
        new Set(['code']),
      );
      const times = changes.map(({ at }) => at);
      assert.deepEqual(times, [...times].sort().reverse(), 'newest first');
    });

    test('has no deployments, and says why and what to do', async () => {
      const ana = await context().api('ana');
      const { items, empty } = await ana.call('listServiceDeployments', {
        params,
        query: everything,
      });
      assert.deepEqual(items, []);
      assert.ok(empty?.text, 'no reason is given');
      assert.ok(empty.fix, 'nothing is said of what to do');
    });

    test('shows both on its page', async () => {
      const { titles } = await readChanges();
      await onPage(
        context(),
        {
          name: 'repository',
          as: 'Ana',
          path: '/catalog/default/component/day2/day2?range=90d&section=changes',
        },
        async page => {
          await page
            .getByText(
              new RegExp(`^(${titles.length} entries|\\d+ entries, and more)$`),
            )
            .first()
            .waitFor();
          await page
            .getByRole('main')
            .getByText(`${titles.length} changes`)
            .first()
            .waitFor();
          await page
            .getByRole('region', { name: 'Deployments' })
            .getByText(/Annotation missing|No source configured|Nothing found/)
            .waitFor();
          assert.equal(await page.getByText('Sandbox data').count(), 0);
        },
      );
    });
  });
}
