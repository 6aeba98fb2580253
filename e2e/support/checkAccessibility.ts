import { readFile } from 'node:fs/promises';
import type { AxeResults } from 'axe-core';
import type { Locator } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * Fails on any violation of WCAG A or AA inside an element: our own content,
 * not the portal's frame around it.
 */
export async function checkAccessibility(element: Locator): Promise<void> {
  const page = element.page();
  await element.waitFor();
  // Half-faded text has half the contrast: let what moves come to rest first.
  await element.evaluate(content =>
    Promise.allSettled(
      content
        .getAnimations({ subtree: true })
        .filter(a => a.playState === 'running')
        .filter(a => a.effect?.getComputedTiming().iterations !== Infinity)
        .map(a => a.finished),
    ),
  );
  const source = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  const { violations } = await element.evaluate(
    (content, tags): Promise<AxeResults> =>
      (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run(
        content,
        { runOnly: { type: 'tag', values: tags } },
      ),
    TAGS,
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
