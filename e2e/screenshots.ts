import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Truth } from '@day2/sandbox';
import type { Page } from 'playwright-core';
import {
  fixedWorld,
  launchBrowser,
  PortalApi,
  readTruth,
  startWorld,
  untilSettled,
} from './support';
import { root } from './support/root';
import { openPage, type OpenPageOptions } from './suites/openPage';
import { serviceOf } from './suites/syncPageTruth';
import type { TestContext } from './suites/TestContext';

const tabOf = (service: string) => `/catalog/default/component/${service}/day2`;
const tab = `${tabOf('payments-api')}?range=30d`;
const folder = join(root, 'docs', 'images');
const LIMIT = 200_000;

interface Shot {
  name: string;
  options: Omit<OpenPageOptions, 'theme' | 'path'> & {
    path: string | ((truth: Truth) => string);
  };
  /** Waits until what is to be seen is there. */
  ready: (page: Page) => Promise<unknown>;
  height?: number;
}

const shots: Shot[] = [
  {
    name: 'service',
    options: { as: 'Ana', path: tab },
    ready: page =>
      page.getByRole('table', { name: 'The same as a list' }).waitFor(),
    height: 1240,
  },
  {
    name: 'deployment',
    options: { as: 'Ana', path: tab },
    ready: async page => {
      await page
        .getByRole('button', { name: /^Rolled back/ })
        .first()
        .click();
      await page
        .getByRole('button', { name: 'The deployment it took back' })
        .click();
      await page.getByRole('dialog').getByText('It was rolled back').waitFor();
    },
    height: 740,
  },
  {
    name: 'sync',
    options: {
      as: 'Chen',
      path: truth => `${tabOf(serviceOf(truth, 'drifted'))}?section=sync`,
    },
    ready: async page => {
      const table = page.getByRole('table', { name: 'Applications' });
      await table.waitFor();
      await page
        .getByRole('navigation', { name: 'Sections' })
        .evaluate(sections => sections.scrollIntoView());
    },
    height: 980,
  },
  {
    name: 'fleet',
    options: { as: 'Chen', path: '/day2/fleet' },
    ready: page =>
      page.getByRole('link', { name: 'payments-api' }).first().waitFor(),
    height: 900,
  },
  {
    name: 'scoreboard',
    options: {
      as: 'Chen',
      path: '/day2/scoreboard',
    },
    ready: async page => {
      await page.getByRole('table', { name: 'By team' }).waitFor();
      await page.getByRole('link', { name: 'Payments' }).waitFor();
    },
    height: 980,
  },
  {
    name: 'objectives',
    options: { as: 'Chen', path: '/day2/objectives' },
    ready: page =>
      page.getByRole('link', { name: 'payments-api' }).first().waitFor(),
    height: 900,
  },
  {
    name: 'budget',
    options: { as: 'Ana', path: `${tabOf('payments-api')}?section=objectives` },
    ready: async page => {
      await page
        .getByRole('table', { name: 'What spent it' })
        .first()
        .waitFor();
      await page
        .getByRole('navigation', { name: 'Sections' })
        .evaluate(sections => sections.scrollIntoView());
    },
    height: 1240,
  },
  {
    name: 'incidents',
    options: { as: 'Chen', path: '/day2/incidents?range=30d' },
    ready: page => page.getByText('payments-api').first().waitFor(),
    height: 820,
  },
  {
    name: 'incident',
    // Of what a release did: its outage says no more than that.
    options: {
      as: 'Chen',
      path: `/day2/incidents?range=90d&q=${encodeURIComponent(
        'too many requests fail',
      )}`,
    },
    ready: async page => {
      await page
        .getByRole('link', { name: /too many requests fail/ })
        .first()
        .click();
      await page
        .getByRole('heading', { name: 'What may have done it' })
        .waitFor();
    },
    height: 1240,
  },
  {
    name: 'sources',
    options: { as: 'Dana', path: '/day2/sources' },
    ready: page => page.getByText('tern-gitops').first().waitFor(),
  },
  {
    name: 'narrow',
    options: { as: 'Ana', path: tab, width: 390 },
    ready: page => page.getByRole('table').last().waitFor(),
  },
  {
    name: 'empty',
    options: {
      as: 'Ana',
      path: '/catalog/default/component/day2/day2?section=changes',
    },
    ready: page => page.getByText('Annotation missing').first().waitFor(),
    height: 1060,
  },
];

/**
 * Makes the pictures of the documentation, in light and dark, of the company
 * that the tests use, its history ending now: else the browser's clock would be
 * another than the backend's. Run on demand, for some by a part of their name:
 * see CONTRIBUTING.md.
 */
async function main(): Promise<void> {
  await mkdir(folder, { recursive: true });
  const world = await startWorld({
    sandboxArgs: ['--seed', String(fixedWorld.seed), '--no-live'],
  });
  const browser = await launchBrowser();
  try {
    await untilSettled(world);
    const context: TestContext = {
      world,
      browser,
      truth: await readTruth(world),
      api: person => PortalApi.as({ url: world.portal.url, person }),
    };
    const [, , only = ''] = process.argv;
    for (const shot of shots.filter(({ name }) => name.includes(only))) {
      for (const theme of ['light', 'dark'] as const) {
        await take(context, shot, theme);
      }
    }
  } finally {
    await browser.close();
    await world.stop();
  }
}

async function take(
  context: TestContext,
  shot: Shot,
  theme: 'light' | 'dark',
): Promise<void> {
  const { path: asked } = shot.options;
  const { page, errors, close } = await openPage(context, {
    ...shot.options,
    path: typeof asked === 'string' ? asked : asked(context.truth),
    theme,
  });
  try {
    await page.setViewportSize({
      width: shot.options.width ?? 1400,
      height: shot.height ?? 900,
    });
    await shot.ready(page);
    await page.evaluate(() => document.fonts.ready);
    const path = join(folder, `${shot.name}-${theme}.png`);
    await page.screenshot({ path, animations: 'disabled' });
    errors.check();
    const { size } = await stat(path);
    process.stdout.write(`${path} ${Math.round(size / 1000)} kB\n`);
    if (size > LIMIT) {
      process.stdout.write('  larger than 200 kB: take less of the page\n');
    }
  } finally {
    await close();
  }
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
