import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serviceParams } from '../support';
import { onPage } from './onPage';
import type { GetContext } from './TestContext';

/** Who may see and do what. */
export function accessSuite(context: GetContext): void {
  describe('who may see and do what', () => {
    for (const as of ['Ana', 'Eli'] as const) {
      test(`${as} may look at the sources, and act on none`, async () => {
        await onPage(
          context(),
          { name: `access-${as}`, as, path: '/day2/sources' },
          async page => {
            await page
              .getByText(/that takes the permission day2.source.manage/)
              .waitFor();
            await page.getByText('tern-gitops').first().waitFor();
            assert.equal(
              await page.getByRole('button', { name: /Run now|Pause/ }).count(),
              0,
            );
          },
        );
        const api = await context().api(as === 'Ana' ? 'ana' : 'eli');
        await assert.rejects(
          api.call('controlSource', {
            params: { id: 'git:tern-gitops' },
            body: { action: 'run' },
          }),
          { name: 'ResponseError', statusCode: 403 },
        );
      });
    }

    test('Bo does not see fraud-scoring, nor that there is such a thing', async () => {
      const bo = await context().api('bo');
      const params = serviceParams('fraud-scoring');
      const answers = await Promise.all(
        [params, serviceParams('no-such-service')].map(of =>
          bo.call('getServiceSummary', { params: of }).then(
            () => 'shown',
            error => `${error.statusCode} ${error.body?.error?.name}`,
          ),
        ),
      );
      assert.equal(answers[0], answers[1], 'a hidden one answers as none');
      assert.match(answers[0], /^40[34]/);
      const found = await bo.all('listServices', { query: { text: 'fraud' } });
      assert.deepEqual(
        found.map(({ ref }) => ref),
        [],
      );
      const eli = await context().api('eli');
      const { service } = await eli.call('getServiceSummary', { params });
      assert.equal(service.ref, 'component:default/fraud-scoring');

      await onPage(
        context(),
        {
          name: 'access-Bo',
          as: 'Bo',
          path: '/catalog/default/component/fraud-scoring/day2',
        },
        async (page, errors) => {
          errors.expect(/404/);
          await page
            .getByText(/not found/i)
            .first()
            .waitFor();
          const text = await page.locator('body').innerText();
          assert.doesNotMatch(text, /Running versions|What changed|registry\./);
        },
      );
    });
  });
}
