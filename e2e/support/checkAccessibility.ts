import { readFile } from 'node:fs/promises';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * Fails on any violation of WCAG A or AA inside the elements a selector finds:
 * our own content, not the portal's frame around it.
 */
export async function checkAccessibility(
  page: Page,
  selector: string,
): Promise<void> {
  // Half-faded text has half the contrast: let what moves come to rest first.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(a => a.effect?.getComputedTiming().iterations !== Infinity)
        .map(a => a.finished),
    ),
  );
  if ((await page.locator(selector).count()) === 0) {
    throw new Error(`Nothing to check: no element matches ${selector}`);
  }
  const source = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  const { violations } = await page.evaluate(
    ([include, tags]): Promise<AxeResults> =>
      (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run(
        { include: [[include as string]] },
        { runOnly: { type: 'tag', values: tags as string[] } },
      ),
    [selector, TAGS] as const,
  );
  if (violations.length > 0) {
    throw new Error(
      violations
        .map(
          ({ id, help, nodes }) =>
            `${id}: ${help}\n${nodes
              .map(
                node =>
                  `  ${node.target.join(' ')}\n    ${node.failureSummary}`,
              )
              .join('\n')}`,
        )
        .join('\n'),
    );
  }
}
