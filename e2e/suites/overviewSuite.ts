import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { onPage } from './onPage';
import type { GetContext } from './TestContext';

/** The Overview tab of the catalog, as the portal's configuration arranges it. */
export function overviewSuite(context: GetContext): void {
  describe('the Overview tab', () => {
    test('has what changed and what runs above the other cards', () =>
      onPage(
        context(),
        {
          name: 'overview-order',
          as: 'Ana',
          path: '/catalog/default/component/payments-api',
        },
        async page => {
          const top = async (title: string) => {
            const heading = page.getByText(title, { exact: true }).first();
            await heading.waitFor();
            const box = await heading.boundingBox();
            assert.ok(box, `${title} is on the page`);
            return box.y;
          };
          const others = await top('Has subcomponents');
          assert.ok((await top('What changed')) < others);
          assert.ok((await top('Running versions')) < others);
        },
      ));
  });
}
