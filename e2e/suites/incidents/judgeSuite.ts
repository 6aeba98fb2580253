import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { serviceParams } from '../../support';
import { everything } from '../everything';
import { onPage } from '../onPage';
import { pressUntilFocused } from '../pressUntilFocused';
import type { GetContext } from '../TestContext';

/** How the page calls what nobody has judged. */
const words: Record<string, string> = {
  suspected: 'Suspected',
  candidate: 'Possible',
};
const anotherConfirmed = 'Another is confirmed';

/** Who owns a service judges what did its incidents; others look on. */
export function judgeSuite(context: GetContext): void {
  /** An incident of Ana's team from before, with a suspect that nobody confirmed. */
  async function suspected() {
    const ana = await context().api('ana');
    for (const name of ['payments-api', 'ledger']) {
      const items = await ana.all('listServiceIncidents', {
        params: serviceParams(name),
        query: { ...everything, to: context().truth.end },
      });
      for (const { id } of items) {
        const { suspects: all } = await ana.call('getIncident', {
          params: { id },
        });
        const suspect = all.find(({ state }) => state in words);
        if (suspect) {
          const settled = all.some(({ state }) => state === 'confirmed');
          const word = settled ? anotherConfirmed : words[suspect.state];
          return { id, suspect, word };
        }
      }
    }
    return assert.fail('No incident of the payments team has a suspect');
  }

  const pathOf = (id: string) => `/day2/incidents/${encodeURIComponent(id)}`;

  const suspects = (page: Page) =>
    page.getByRole('region', { name: 'What may have done it' });

  /** By keyboard alone: to a button, and on it. */
  async function press(page: Page, name: string): Promise<void> {
    const button = page.getByRole('button', { name, exact: true }).first();
    await button.waitFor();
    const tabbed = await pressUntilFocused(page, button);
    assert.ok(tabbed < 200, `Tab never led to “${name}”`);
    await page.keyboard.press('Enter');
  }

  describe('the judgement of a suspect', () => {
    test('Ana confirms one by keyboard with why, and takes it back', async () => {
      const { id, suspect, word } = await suspected();
      await onPage(
        context(),
        { name: 'incident-judged', as: 'Ana', path: pathOf(id) },
        async page => {
          const row = suspects(page)
            .getByRole('row')
            .filter({ hasText: suspect.label })
            .first();
          await row.getByText(word, { exact: true }).waitFor();
          await press(page, `Confirm: ${suspect.label}`);
          const dialog = page.getByRole('dialog');
          await pressUntilFocused(page, dialog.getByRole('textbox'));
          await page.keyboard.type('Seen in its log.');
          await press(page, 'Confirm');
          await dialog.waitFor({ state: 'detached' });
          await row.getByText('Confirmed', { exact: true }).waitFor();
          const said = page.getByRole('region', { name: 'What people said' });
          await said.getByText('Seen in its log.').waitFor();
          const takeBack = said.getByRole('button', { name: /^Take back/ });
          await press(
            page,
            String(await takeBack.first().getAttribute('aria-label')),
          );
          await page.getByRole('dialog').waitFor();
          await press(page, 'Take back');
          await row.getByText(word, { exact: true }).waitFor();
          await said.getByText('taken back by').first().waitFor();
        },
      );
    });

    test('Bo, who owns none of its services, may look and not judge', async () => {
      const { id, suspect } = await suspected();
      await onPage(
        context(),
        { name: 'incident-of-others', as: 'Bo', path: pathOf(id) },
        async page => {
          await page
            .getByText(/that takes the permission day2.incident.update/)
            .waitFor();
          const buttons = suspects(page).getByRole('button', {
            name: /^(Confirm|Reject):/,
          });
          await buttons.first().waitFor();
          for (const button of await buttons.all()) {
            assert.equal(await button.isDisabled(), true);
          }
        },
      );
      const bo = await context().api('bo');
      await assert.rejects(
        bo.call('judgeSuspect', {
          params: { id },
          body: { candidate: suspect.id, verdict: 'confirmed' },
        }),
        { name: 'ResponseError', statusCode: 403 },
      );
    });
  });
}
