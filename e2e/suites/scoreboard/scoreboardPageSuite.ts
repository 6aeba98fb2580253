import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { expectLines, fixedWorld, until } from '../../support';
import { onPage } from '../onPage';
import { readRows } from '../readRows';
import { figuresIn } from './figures';
import { groupsOf, type TrueGroup } from './groups';
import type { TrueDelivery } from './truth';
import { figureInWords, metricWords } from './words';
import type { GetContext } from '../TestContext';

const DAY = 24 * 3_600_000;
const end = Date.parse(fixedWorld.end);
const lastMonth = { from: end - 30 * DAY, to: end, zone: 'UTC' };
const rate = metricWords.changeFailRate;

/** The scoreboard as Chen uses it, who leads all teams. */
export function scoreboardPageSuite(
  context: GetContext,
  deliveries: () => TrueDelivery[],
): void {
  /** With the clock at the end of the company's history. */
  function asChen(
    name: string,
    path: string,
    work: (page: Page) => Promise<void>,
  ): Promise<void> {
    return onPage(
      context(),
      { name: `scoreboard-${name}`, as: 'Chen', path, atEndOfWorld: true },
      work,
    );
  }

  const teams = () =>
    groupsOf(context().truth).filter(({ grouping }) => grouping === 'team');

  const deliveriesOf = (group: TrueGroup) =>
    deliveries().filter(({ service }) => group.services.includes(service));

  /** What the page should say of a group's last 30 days. */
  function wordsOf(group: TrueGroup): { metric: string; value: string }[] {
    return figuresIn(deliveriesOf(group), lastMonth).map(figure => ({
      metric: metricWords[figure.metric],
      value: figureInWords(figure),
    }));
  }

  /** The team whose fail rate most deployments made. */
  function worstTeam(): { team: TrueGroup; failed: TrueDelivery[] } {
    const [worst] = teams()
      .filter(({ title }) => title !== 'Engineering')
      .map(team => ({
        team,
        failed: deliveriesOf(team)
          .filter(
            ({ failures, finishedAt, isRollback }) =>
              finishedAt >= lastMonth.from &&
              failures.length > 0 &&
              !isRollback,
          )
          .sort((a, b) => b.finishedAt - a.finishedAt),
      }))
      .sort((a, b) => b.failed.length - a.failed.length);
    assert.notEqual(worst.failed.length, 0, 'nothing failed last month');
    return worst;
  }

  /** Holds the drawer of a team's fail rate to what failed, and why. */
  async function expectFailed(page: Page): Promise<void> {
    const { team, failed } = worstTeam();
    const drawer = page.getByRole('dialog', {
      name: `${rate} · ${team.title}`,
    });
    const table = drawer.getByRole('table', { name: 'Deployments behind it' });
    await table.waitFor();
    const rows = await readRows(table);
    expectLines({
      of: `What made the fail rate of ${team.title}`,
      shown: rows.map(({ at, words }) => {
        const [, , version, service] =
          /(\S+ → )?(\S+) (\S+) · production Failed /.exec(words) ?? [];
        return `${at} ${service} ${version}`;
      }),
      truth: failed.map(
        ({ finishedAt, service, version }) =>
          `${new Date(finishedAt).toISOString()} ${service} ${short(version)}`,
      ),
    });
    failed.forEach(({ failures }, i) => {
      for (const why of failures) {
        assert.ok(
          short(rows[i].words).includes(short(why)),
          `“${rows[i].words}” says “${why}”`,
        );
      }
    });
    const words = wordsOf(team).find(({ metric }) => metric === rate)!;
    await drawer.getByText(words.value, { exact: true }).first().waitFor();
  }

  describe('the scoreboard as a page', () => {
    test('says of each team its figures of the last 30 days', () =>
      asChen('teams', '/day2/scoreboard', async page => {
        const table = page.getByRole('table', { name: 'By team' });
        const truth = teams()
          .flatMap(group =>
            wordsOf(group).map(
              ({ metric, value }) =>
                `${metric} of ${group.title}: ${value}. Open what is behind it`,
            ),
          )
          .sort();
        await table.getByText('data-services').waitFor();
        const shown = await labelsOf(table.getByRole('button'));
        expectLines({
          of: 'Figures of teams',
          shown: shown.filter(label => / of .*: /.test(label)).sort(),
          truth,
        });
      }));

    test('leads in three clicks from anywhere to what made a team’s fail rate, and why; the address leads there again', async () => {
      let address = '';
      await asChen('fail-rate', '/catalog', async page => {
        let clicks = 0;
        const click = async (on: Locator) => {
          await on.click();
          clicks += 1;
        };
        await click(page.getByRole('link', { name: 'Day 2', exact: true }));
        await click(page.getByRole('tab', { name: 'Scoreboard' }));
        const { team } = worstTeam();
        await click(
          page
            .getByRole('table', { name: 'By team' })
            .getByRole('button', { name: `${rate} of ${team.title}: ` }),
        );
        await expectFailed(page);
        assert.ok(clicks <= 3, `${clicks} clicks`);
        const { pathname, search } = new URL(page.url());
        address = pathname + search;
      });
      await asChen('fail-rate-again', address, expectFailed);
    });

    test('the card on a team’s page says the same, and leads there', () => {
      const { team } = worstTeam();
      const name = String(team.ref).split('/')[1];
      return asChen('card', `/catalog/default/group/${name}`, async page => {
        for (const { metric, value } of wordsOf(team)) {
          const tile = page.getByRole('region', { name: metric, exact: true });
          await until({
            what: `the card to say “${value}” as ${metric}`,
            ask: () => tile.getByRole('link').first().innerText(),
            accept: text => text === value,
            ms: 20_000,
          });
        }
        await page
          .getByRole('region', { name: rate, exact: true })
          .getByRole('link')
          .click();
        await expectFailed(page);
      });
    });
  });
}

/** Versions that are commits may be shown by their first 12 characters. */
function short(text: string): string {
  return text.replace(/\b([0-9a-f]{12})[0-9a-f]{28}\b/g, '$1');
}

function labelsOf(buttons: Locator): Promise<string[]> {
  return buttons.evaluateAll(all =>
    all.map(each => each.getAttribute('aria-label') ?? ''),
  );
}
