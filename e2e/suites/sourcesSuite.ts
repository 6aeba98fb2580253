import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { until } from '../support';
import { gitFaults } from './gitFaults';
import { onPage } from './onPage';
import type { GetContext } from './TestContext';

const tab = '/catalog/default/component/payments-api/day2';
const autumn = 'range=custom&from=2026-10-01T00:00:00Z&to=2026-11-07T00:00:00Z';

/** How a Git server fails, and what the Sources page makes of it. */
const faults = [
  {
    mode: 'none',
    code: 'unreachable',
    words: /not reachable: .*cannot be reached/,
  },
  { mode: '500', code: 'unreachable', words: /not reachable: .*server error/ },
  {
    mode: 'html',
    code: 'bad-answer',
    words: /answer not understood: .*no Git data/,
  },
] as const;

/** Sources that fail and recover. */
export function sourcesSuite(context: GetContext): void {
  const git = gitFaults(context);

  describe('the sources', () => {
    test('are all fine', () =>
      onPage(
        context(),
        { name: 'sources', as: 'Dana', path: '/day2/sources' },
        async page => {
          const dana = await context().api('dana');
          const { items } = await until({
            what: 'no source to be read just now',
            ask: () => dana.call('listSources', {}),
            accept: answer => answer.items.every(({ state }) => state === 'ok'),
            ms: 60_000,
          });
          assert.ok(items.length >= 14, `${items.length} sources`);
          for (const { title } of items) {
            await sourceRow(page, title).waitFor();
          }
          assert.equal(
            await page.getByText('Failing', { exact: true }).count(),
            0,
          );
        },
      ));

    for (const { mode, code, words } of faults) {
      test(`a Git server that answers “${mode}” is said so in plain words`, () =>
        git.during(mode, () =>
          onPage(
            context(),
            { name: `sources-${mode}`, as: 'Dana', path: '/day2/sources' },
            async page => {
              await page
                .getByRole('button', { name: 'Run now: tern-gitops' })
                .click();
              await page
                .getByRole('dialog')
                .getByRole('button', { name: 'Run now' })
                .click();
              await page.getByText('tern-gitops is read now').waitFor();
              await git.run();
              await git.untilBoth('failing', code);
              const text = await until({
                what: 'the page to say what fails',
                ask: async () => {
                  await page.reload();
                  const row = sourceRow(page, 'tern-gitops');
                  await row.waitFor();
                  return await row.innerText();
                },
                accept: shown => /Failing/.test(shown) && words.test(shown),
                ms: 30_000,
              });
              assert.match(text, /failing since\s+\d+ (s|min)/);
            },
          ),
        ));
    }

    test('the page of a service keeps what is known, says what ails it, and recovers', () =>
      git.during('none', async () => {
        await git.run();
        await git.untilBoth('failing', 'unreachable');
        await onPage(
          context(),
          { name: 'service-stale', as: 'Ana', path: `${tab}?${autumn}` },
          async page => {
            await page
              .getByRole('button', { name: '1 of 3 sources fine' })
              .first()
              .click();
            await page.getByText('tern-gitops: not reachable').waitFor();
            await page
              .getByText(/^since\s+\d+/)
              .first()
              .waitFor();
            // What ails lies over the page until it is closed.
            await page.keyboard.press('Escape');
            await page.getByText('Stale', { exact: true }).first().waitFor();
            await page
              .getByRole('button', { name: /^Deployed v/ })
              .first()
              .waitFor();
            await git.set('off');
            // Nobody asks them to: the retries of failed runs come by themselves,
            // and the page looks again by itself as well.
            await git.untilBoth('ok');
            await page
              .getByText('3 of 3 sources fine')
              .first()
              .waitFor({ timeout: 60_000 });
          },
        );
      }));
  });
}

/** The row of a source by its title, which its type or a hint to readers follows. */
function sourceRow(page: Page, title: string) {
  return page
    .getByRole('table', { name: 'Sources' })
    .getByRole('row')
    .filter({
      has: page.locator('td', {
        hasText: new RegExp(`^${title}\\s*(\\(|git|catalog|api|openslo)`),
      }),
    })
    .first();
}
