import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { expectLines, until } from '../support';
import { onPage } from './onPage';
import {
  fleetWordsOf,
  lineOf,
  serviceOf,
  versionLineOf,
  servicesOfEachState,
  statesOf,
} from './syncPageTruth';
import { readCells } from './readCells';
import type { GetContext } from './TestContext';

const tab = (service: string) => `/catalog/default/component/${service}/day2`;

/** The pages Sync and Fleet, as Chen sees the company with its Argo CDs. */
export function syncPageSuite(context: GetContext): void {
  const asChen = (
    name: string,
    path: string,
    work: (page: Page) => Promise<void>,
  ) =>
    onPage(
      context(),
      { name: `sync-${name}`, as: 'Chen', path, atEndOfWorld: true },
      work,
    );

  describe('the pages of sync', () => {
    test('a service’s section has each application as it is', () =>
      asChen('section', '/catalog', async page => {
        const { truth } = context();
        for (const service of servicesOfEachState(truth)) {
          const states = statesOf(truth, service);
          await page.goto(
            new URL(`${tab(service)}?section=sync`, context().world.portal.url)
              .href,
          );
          const table = page.getByRole('table', { name: 'Applications' });
          await table.locator('tbody tr').first().waitFor();
          expectLines({
            of: `Applications of ${service}`,
            shown: (await readCells(table)).map(shownLine).sort(),
            truth: states.map(lineOf).sort(),
          });
          const matrix = page.getByRole('table', {
            name: 'By environment and target',
          });
          expectLines({
            of: `Versions of ${service}`,
            shown: (await readCells(matrix)).flatMap(shownVersions).sort(),
            truth: states.map(versionLineOf).sort(),
          });
        }
      }));

    test('its tile says the worst of it, and leads there', () => {
      const service = serviceOf(context().truth, 'drifted');
      return asChen('tile', tab(service), async page => {
        const tile = page
          .getByRole('main')
          .getByRole('region', { name: 'Sync', exact: true });
        const words = fleetWordsOf(statesOf(context().truth, service));
        await tile.getByText(words[0], { exact: false }).first().waitFor();
        await tile
          .getByRole('link', { name: 'Applications and what differs' })
          .click();
        await page.getByRole('table', { name: 'Applications' }).waitFor();
        assert.match(page.url(), /section=sync/);
      });
    });

    test('why one is called drifted opens by keyboard, stays in the address, and Escape leads back', () => {
      const { truth } = context();
      const service = serviceOf(truth, 'drifted');
      const drifted = statesOf(truth, service).find(
        ({ cause }) => cause === 'drifted',
      )!;
      const changed = truth.driftEpisodes.find(
        ({ application, to }) =>
          application === drifted.application && to === undefined,
      )!;
      return asChen('drawer', `${tab(service)}?section=sync`, async page => {
        const opener = page
          .getByRole('table', { name: 'Applications' })
          .getByRole('button', { name: drifted.name, exact: true })
          .nth(await nthOf(drifted));
        await opener.focus();
        await page.keyboard.press('Enter');
        const drawer = page.getByRole('dialog', { name: drifted.name });
        const explained = async () => {
          await drawer
            .getByText(/Git asks for the same as was synced last/)
            .waitFor();
          const differing = drawer.getByRole('table', {
            name: 'What differs or is not well',
          });
          await differing
            .getByRole('row', { name: new RegExp(changed.kind) })
            .first()
            .waitFor();
        };
        await explained();
        assert.match(page.url(), /open=application/);
        await page.reload();
        await explained();
        await page.keyboard.press('Escape');
        await drawer.waitFor({ state: 'detached' });
        assert.doesNotMatch(page.url(), /open=/);
      });

      // Two clusters may have one of the same name.
      async function nthOf(state: typeof drifted): Promise<number> {
        const same = statesOf(truth, service).filter(
          ({ name, environment }) =>
            name === state.name && environment === state.environment,
        );
        return same
          .map(({ target }) => target)
          .sort()
          .indexOf(state.target);
      }
    });

    test('what no Argo CD runs says why, and what to add', () =>
      asChen('empty', `${tab('label-printer')}?section=sync`, async page => {
        const section = page
          .getByRole('main')
          .getByRole('region', { name: 'Sync', exact: true })
          .last();
        await section.getByText('Annotation missing').waitFor();
        await section.getByText('argocd/app-name: label-printer').waitFor();
        await section.getByRole('button', { name: /^Copy/ }).waitFor();
      }));
  });

  describe('the page Fleet', () => {
    test('has every service in a row, with the state of its applications', () =>
      asChen('fleet', '/day2/fleet', async page => {
        const { truth } = context();
        const table = page.getByRole('table', { name: 'Fleet' });
        await table.locator('tbody tr').first().waitFor();
        const rows = await readCells(table);
        const shown = new Map(
          rows.map(row => [row.Service.split('\n')[0], row.Sync]),
        );
        expectLines({
          of: 'Services in the fleet',
          shown: [...shown.keys()]
            .filter(name => truth.services.some(each => each.name === name))
            .sort(),
          truth: truth.services.map(({ name }) => name).sort(),
        });
        expectLines({
          of: 'Sync in the fleet',
          shown: truth.services.map(
            ({ name }) => `${name}: ${wordsOf(shown.get(name)!)}`,
          ),
          truth: truth.services.map(({ name }) => {
            const states = statesOf(truth, name);
            return `${name}: ${
              states.length > 0
                ? fleetWordsOf(states).join(', ')
                : 'no sync state'
            }`;
          }),
        });
      }));

    test('is filtered by owner, system and state by keyboard, and the address holds it', () =>
      asChen('filters', '/day2/fleet', async page => {
        const { truth } = context();
        const table = page.getByRole('table', { name: 'Fleet' });
        const names = async () =>
          (await readCells(table)).map(row => row.Service.split('\n')[0]);
        await table.locator('tbody tr').first().waitFor();
        await page.getByLabel('Owner').focus();
        await page.keyboard.type('payments');
        await untilListed(
          'of payments',
          names,
          ({ team }) => team === 'payments',
        );
        assert.match(page.url(), /owner=group%3Adefault%2Fpayments/);
        await page.keyboard.press('Tab');
        await page.keyboard.type('shop');
        await page.getByText('No service matches these filters.').waitFor();
        await page.goBack();
        await untilListed(
          'of payments',
          names,
          ({ team }) => team === 'payments',
        );
        await page.getByRole('button', { name: 'Show all' }).focus();
        await page.keyboard.press('Enter');
        await page.getByLabel('Sync, at worst').focus();
        await page.keyboard.type('not');
        await untilListed(
          'of no Argo CD',
          names,
          ({ name }) => statesOf(truth, name).length === 0,
        );
        assert.match(page.url(), /sync=empty/);
        await page.reload();
        await untilListed(
          'of no Argo CD',
          names,
          ({ name }) => statesOf(truth, name).length === 0,
        );
      }));

    test('a row leads to the service, and its state to the section', () => {
      const service = serviceOf(context().truth, 'drifted');
      return asChen('leads', '/day2/fleet', async page => {
        const row = page
          .getByRole('table', { name: 'Fleet' })
          .getByRole('row')
          .filter({
            has: page.getByRole('link', { name: service, exact: true }),
          });
        await row.getByRole('link', { name: service, exact: true }).focus();
        await page.keyboard.press('Enter');
        await page
          .getByRole('heading', { name: service, level: 2 })
          .last()
          .waitFor();
        await page.goBack();
        await row.locator('a[href*="section=sync"]').click();
        await page.getByRole('table', { name: 'Applications' }).waitFor();
      });
    });
  });

  /** Waits until the rows are those services of the company, beside what is not of it. */
  async function untilListed(
    what: string,
    names: () => Promise<string[]>,
    isWanted: (service: { name: string; team: string }) => boolean,
  ): Promise<void> {
    const { services } = context().truth;
    const wanted = services.filter(isWanted).map(({ name }) => name);
    assert.notEqual(wanted.length, 0, `the company has no service ${what}`);
    await until({
      what: `the services ${what}: ${wanted.join(', ')}`,
      ask: names,
      accept: shown => {
        const known = shown.filter(name =>
          services.some(each => each.name === name),
        );
        return known.sort().join() === [...wanted].sort().join();
      },
      ms: 10_000,
    });
  }
}

/** A row of the table as {@link lineOf} has it. */
function shownLine(row: Record<string, string>): string {
  const [name, place] = row.Application.split('\n');
  const [word] = row.State.split('\n');
  const [desired, synced] =
    row['Desired, synced'].match(/not known|[0-9a-f]{8}|the same(?= is)/g) ??
    [];
  return [
    place,
    name.slice(name.lastIndexOf('/') + 1),
    word,
    /last operation failed/.exec(row.State)?.[0] ?? '',
    row.Health,
    desired ?? '',
    synced ?? '',
  ].join(' | ');
}

/** The versions of a row by environment and target, as {@link versionLineOf} has them. */
function shownVersions(row: Record<string, string>): string[] {
  const { Environment: environment, ...targets } = row;
  return Object.entries(targets)
    .filter(([, words]) => words !== '')
    .map(([target, words]) =>
      [`${environment} · ${target}`, words.split('\n').pop()].join(' | '),
    );
}

/** The words of a cell of the fleet, in the order of {@link fleetWordsOf}. */
function wordsOf(cell: string): string {
  const [headline] = cell.toLowerCase().split('\n');
  return headline
    .split(/, (?!failing)/)
    .sort()
    .join(', ');
}
