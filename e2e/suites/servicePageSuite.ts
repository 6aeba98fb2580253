import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { expectLines, serviceParams, until } from '../support';
import { onPage } from './onPage';
import type { OpenPageOptions } from './openPage';
import { pressUntilFocused } from './pressUntilFocused';
import { readRows } from './readRows';
import { timelineTruth } from './timelineTruth';
import { tooWide } from './tooWide';
import type { GetContext } from './TestContext';

const service = 'payments-api';
const tab = `/catalog/default/component/${service}/day2`;
const list = 'The same as a list, newest first';

/** The tab Day 2 of a service of the company, as Ana uses it. */
export function servicePageSuite(context: GetContext): void {
  /** On the tab as Ana has it, with the clock at the end of the company's history. */
  function asAna(
    name: string,
    options: Partial<OpenPageOptions>,
    work: (page: Page) => Promise<void>,
  ): Promise<void> {
    return onPage(
      context(),
      {
        name: `service-${name}`,
        as: 'Ana',
        path: tab,
        atEndOfWorld: true,
        ...options,
      },
      work,
    );
  }

  const truthOf = (environment: string, days: number) =>
    timelineTruth({ truth: context().truth, service, environment, days });

  describe('the page of a service', () => {
    test('leads from the catalog to the tab, with the figures of the truth', () =>
      asAna('figures', { path: '/catalog' }, async page => {
        await page.getByRole('link', { name: service, exact: true }).click();
        await page.locator(`a[href$='${tab}']`, { hasText: 'Day 2' }).click();
        await page.getByLabel('Range').selectOption('30d');
        for (const environment of ['production', 'staging']) {
          await page.getByLabel('Environment').selectOption(environment);
          const truth = truthOf(environment, 30);
          const tile = page
            .getByRole('main')
            .getByRole('region', { name: 'Changes', exact: true });
          for (const words of [
            `${truth.changes.length} changes`,
            `${truth.deployments.length} deployments`,
            ...(truth.failed > 0 ? [`${truth.failed} failed`] : []),
          ]) {
            await until({
              what: `the tile of ${environment} to say “${words}”`,
              ask: () => tile.innerText(),
              accept: text => text.includes(words),
              ms: 20_000,
            });
          }
        }
        await page.getByText('Sandbox data').waitFor();
      }));

    test('its timeline lists what is true, by type', () =>
      asAna('timeline', { path: `${tab}?range=30d` }, async page => {
        const truth = truthOf('production', 30);
        const table = page.getByRole('table', { name: list });
        const types = page.getByRole('group', { name: 'Types' });
        const entries = (n: number) =>
          page.getByText(`${n} entries`, { exact: true }).first().waitFor();

        await entries(truth.deployments.length + truth.otherChanges.length);
        await types.getByRole('button', { name: 'Deployments' }).click();
        await entries(truth.deployments.length);
        const deployments = await readRows(table);
        expectLines({
          of: 'Deployments in the timeline',
          shown: deployments.map(
            ({ at, words }) =>
              `${at} ${/(?:Deployed|to) (\S+)/.exec(words)?.[1]}`,
          ),
          truth: truth.deployments,
        });
        await types.getByRole('button', { name: 'Changes' }).click();
        await entries(truth.otherChanges.length);
        expectLines({
          of: 'Changes in the timeline',
          shown: (await readRows(table)).map(({ at }) => at),
          truth: truth.otherChanges,
        });
        assert.match(page.url(), /kinds=change/);
      }));

    test('finds by words, and says so where nothing matches', () =>
      asAna('find', { path: `${tab}?range=30d` }, async page => {
        const { refs } = story('bad-release');
        const table = page.getByRole('table', { name: list });
        await page.getByLabel('Find', { exact: true }).fill(refs.version);
        await until({
          what: 'rows that name the version',
          ask: () => readRows(table),
          accept: rows =>
            rows.length > 0 &&
            rows.every(({ words }) => words.includes(refs.version)),
          ms: 20_000,
        });
        await page.getByLabel('Find', { exact: true }).fill('no such words');
        await page.getByText('Nothing matches these filters.').waitFor();
      }));

    test('a deployment opens by keyboard with all it carried, and Escape leads back', () =>
      asAna('drawer', { path: `${tab}?range=30d` }, async page => {
        const deployment = context()
          .truth.deployments.filter(
            each =>
              each.service === service &&
              each.environment === 'production' &&
              each.carried.length > 0,
          )
          .at(-1)!;
        const opener = page
          .getByRole('table', { name: list })
          .getByRole('button', { name: `Deployed ${deployment.version}` });
        await opener.waitFor();
        const tabbed = await pressUntilFocused(page, opener);
        assert.ok(tabbed < 200, 'Tab never led to the deployment');
        await page.keyboard.press('Enter');
        const drawer = page.getByRole('dialog', {
          name: new RegExp(deployment.version),
        });
        await drawer
          .getByRole('heading', {
            name: `Carried commits (${deployment.carried.length})`,
          })
          .waitFor();
        const rows = await readRows(
          drawer.getByRole('table', { name: 'Carried commits' }),
        );
        expectLines({
          of: `What ${deployment.version} carried`,
          shown: rows
            .map(({ words }) => /\b[0-9a-f]{8}\b/.exec(words)?.[0] ?? words)
            .sort(),
          truth: deployment.carried.map(({ sha }) => sha.slice(0, 8)).sort(),
        });
        assert.equal(
          await drawer.evaluate(element =>
            element.contains(document.activeElement),
          ),
          true,
          'the focus is in the drawer',
        );
        assert.match(page.url(), /open=deployment/);
        await page.keyboard.press('Escape');
        await drawer.waitFor({ state: 'detached' });
        await until({
          what: 'the focus to return to the opener',
          ask: () => opener.evaluate(each => each === document.activeElement),
          accept: focused => focused,
          ms: 5_000,
        });
      }));

    test('the story of the bad release can be read', () =>
      asAna('story', { path: `${tab}?range=30d` }, async page => {
        const { refs } = story('bad-release');
        await page
          .getByRole('button', { name: `Rolled back to ${refs.restored}` })
          .first()
          .click();
        const drawer = page.getByRole('dialog');
        await drawer.getByText('Why it counts as unplanned').waitFor();
        await drawer
          .getByText(`puts ${refs.restored} back in place of ${refs.version}`)
          .first()
          .waitFor();
        await drawer
          .getByRole('button', { name: 'The deployment it took back' })
          .click();
        const bad = page.getByRole('dialog', {
          name: new RegExp(refs.version),
        });
        await bad.getByText('Failed', { exact: true }).waitFor();
        await bad.getByText(/It was rolled back/).waitFor();
        await bad
          .getByRole('button', { name: /Batch card captures/ })
          .first()
          .click();
        const change = page.getByRole('dialog', {
          name: /Batch card captures/,
        });
        await change.getByText('Reverted by').waitFor();
      }));

    test('its address holds environment, range and filters; reload and back keep them', () =>
      asAna('address', {}, async page => {
        const environment = page.getByLabel('Environment');
        const range = page.getByLabel('Range');
        await page.getByText('sources fine').first().waitFor();
        await environment.selectOption('staging');
        await range.selectOption('7d');
        await page.getByRole('link', { name: 'Changes', exact: true }).click();
        await page.getByRole('table', { name: 'Deployments' }).waitFor();
        const wanted = { env: 'staging', range: '7d', section: 'changes' };
        assert.deepEqual(queryOf(page), wanted);
        await page.reload();
        await page.getByRole('table', { name: 'Deployments' }).waitFor();
        assert.equal(await environment.inputValue(), 'staging');
        assert.equal(await range.inputValue(), '7d');
        await page.goBack();
        await page.getByRole('heading', { name: 'What changed' }).waitFor();
        assert.deepEqual(queryOf(page), { env: 'staging', range: '7d' });
        await page.goBack();
        await until({
          what: 'the range of before',
          ask: () => range.inputValue(),
          accept: value => value === '14d',
          ms: 5_000,
        });
      }));

    test('speaks the words of ITIL and of GitOps', () =>
      asAna('words', {}, async page => {
        const main = page.getByRole('main');
        await main.getByRole('heading', { name: 'Sync' }).waitFor();
        await main.getByRole('button', { name: 'ITIL' }).click();
        for (const name of ['Configuration audit', 'Service levels']) {
          await main.getByRole('heading', { name }).waitFor();
        }
        await main.getByText('Configuration item', { exact: true }).waitFor();
        await page.reload();
        await main
          .getByRole('heading', { name: 'Configuration audit' })
          .waitFor();
        await main.getByRole('button', { name: 'GitOps' }).click();
        await main.getByRole('heading', { name: 'Sync' }).waitFor();
      }));

    test('the section Changes has deployments and changes of the truth', () =>
      asAna(
        'changes',
        { path: `${tab}?range=30d&section=changes` },
        async page => {
          const truth = truthOf('production', 30);
          const deployments = page.getByRole('table', { name: 'Deployments' });
          await deployments.locator('tbody tr').first().waitFor();
          expectLines({
            of: 'Deployments in the section Changes',
            shown: (await readRows(deployments)).map(
              ({ at, words }) =>
                `${at} ${
                  /(\S+) (?:Rollback|Fine|Failed|Unplanned|Undone)/.exec(
                    words,
                  )?.[1]
                }`,
            ),
            truth: truth.deployments,
          });
          await page
            .getByText(`${truth.changes.length} entries`, { exact: true })
            .first()
            .waitFor();
          await page.getByLabel('Find in changes').fill('Revert');
          await until({
            what: 'only reverts',
            ask: () =>
              readRows(
                page.getByRole('table', { name: 'Changes', exact: true }),
              ),
            accept: rows =>
              rows.length > 0 &&
              rows.every(({ words }) => /revert/i.test(words)),
            ms: 20_000,
          });
        },
      ));

    test('the cards of the Overview tab show it in short', () =>
      asAna(
        'overview',
        { path: `/catalog/default/component/${service}` },
        async page => {
          const api = await context().api('ana');
          const { header } = await api.call('getServiceSummary', {
            params: serviceParams(service),
            query: {},
          });
          const running = page.getByRole('table', { name: 'Running versions' });
          await running.waitFor();
          for (const { environment, version } of header.running) {
            await running
              .getByRole('row', {
                name: new RegExp(`${environment}.*${version}`),
              })
              .waitFor();
          }
          const changed = page.getByRole('table', { name: 'What changed' });
          await changed.waitFor();
          assert.equal(await changed.locator('tbody tr').count(), 6);
          await changed.getByRole('link').first().click();
          await page.getByRole('dialog').waitFor();
        },
      ));

    test('nothing is asked of the tools while a page loads', async () => {
      const { world } = context();
      const dana = await context().api('dana');
      const { items } = await dana.call('listSources', {});
      const repositories = items.filter(({ type }) => type === 'git');
      const control = (action: 'pause' | 'resume') =>
        Promise.all(
          repositories.map(({ id }) =>
            dana.call('controlSource', { params: { id }, body: { action } }),
          ),
        );
      const asked = async (): Promise<number> => {
        const response = await fetch(`${world.sandbox?.url}/world/requests`);
        return ((await response.json()) as { git: number }).git;
      };
      await control('pause');
      try {
        // What was under way ends first: the same count ten times over.
        let same = 0;
        let last = -1;
        const before = await until({
          what: 'the sources to come to rest',
          ask: asked,
          accept: count => {
            same = count === last ? same + 1 : 0;
            last = count;
            return same >= 10;
          },
          ms: 60_000,
        });
        await asAna('quiet', { path: `${tab}?range=90d` }, async page => {
          await page.getByRole('table', { name: list }).waitFor();
          await page
            .getByRole('link', { name: 'Changes', exact: true })
            .click();
          await page.getByRole('table', { name: 'Deployments' }).waitFor();
        });
        assert.equal(await asked(), before);
      } finally {
        await control('resume');
      }
    });

    test('fits a telephone: nothing scrolls sideways at 360 pixels', () =>
      asAna('narrow', { path: `${tab}?range=30d`, width: 360 }, async page => {
        for (const section of ['Timeline', 'Changes']) {
          await page.getByRole('link', { name: section, exact: true }).click();
          await page.getByRole('table').last().waitFor();
          assert.deepEqual(await tooWide(page), [], `section ${section}`);
        }
      }));
  });

  function story(id: string) {
    const found = context().truth.stories.find(each => each.id === id);
    assert.ok(found, `the company has no story ${id}`);
    return found;
  }
}

function queryOf(page: Page): Record<string, string> {
  return Object.fromEntries(new URL(page.url()).searchParams);
}
