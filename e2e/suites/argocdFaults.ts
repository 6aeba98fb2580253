import assert from 'node:assert/strict';
import type { SourceStatus } from '@day2/backstage-plugin-day2-common';
import { until } from '../support';
import type { GetContext } from './TestContext';

export type FaultMode = 'off' | 'none' | '401' | '403' | '500' | 'html';

/** Both Argo CDs of the sandbox, made to misbehave, and what their sources make of it. */
export function argocdFaults(context: GetContext) {
  const ids = ['argocd:eu-1', 'argocd:us-1'];

  async function set(mode: FaultMode): Promise<void> {
    const { sandbox } = context().world;
    const response = await fetch(`${sandbox?.url}/world/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ tool: 'argocd', mode }),
    });
    assert.equal(response.status, 200, await response.text());
  }

  /** Has both read now; `reread`: from the beginning. */
  async function run(action: 'run' | 'reread' = 'run'): Promise<void> {
    const dana = await context().api('dana');
    await Promise.all(
      ids.map(id =>
        dana.call('controlSource', { params: { id }, body: { action } }),
      ),
    );
  }

  /** Waits until both are so, and answers how they stand. */
  async function untilBoth(
    accept: (source: SourceStatus) => boolean,
    what: string,
  ): Promise<SourceStatus[]> {
    const dana = await context().api('dana');
    return await until({
      what: `${ids.join(' and ')} ${what}`,
      ask: async () => {
        const { items } = await dana.call('listSources', {});
        return items.filter(({ id }) => ids.includes(id));
      },
      accept: sources => sources.length === ids.length && sources.every(accept),
      ms: 120_000,
    });
  }

  /** Does the work while both fail so, and mends them afterwards. */
  async function during(
    mode: FaultMode,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await set(mode);
      await run();
      await work();
    } finally {
      await set('off');
      await run();
      await untilBoth(
        ({ state, notices }) => state === 'ok' && notices.length === 0,
        'to be fine again',
      );
    }
  }

  return { during, run, untilBoth };
}
