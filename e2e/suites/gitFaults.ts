import assert from 'node:assert/strict';
import type { SourceStatus } from '@day2/backstage-plugin-day2-common';
import { until } from '../support';
import type { GetContext } from './TestContext';

/** The Git servers that feed the page of payments-api; its SLO files are the third source. */
const feeding = ['git:tern-gitops', 'git:payments-api'];

/** The sandbox's Git server, switched off and on, and what its sources make of it. */
export function gitFaults(context: GetContext) {
  async function set(mode: 'off' | '500' | 'html' | 'none'): Promise<void> {
    const { sandbox } = context().world;
    const response = await fetch(`${sandbox?.url}/world/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ tool: 'git', mode }),
    });
    assert.equal(response.status, 200, await response.text());
  }

  /** Has both sources read now. */
  async function run(): Promise<void> {
    const dana = await context().api('dana');
    await Promise.all(
      feeding.map(id =>
        dana.call('controlSource', { params: { id }, body: { action: 'run' } }),
      ),
    );
  }

  /** Waits until both are so. */
  async function untilBoth(
    state: SourceStatus['state'],
    code?: string,
  ): Promise<void> {
    const dana = await context().api('dana');
    await until({
      what: `${feeding.join(' and ')} to be ${state} ${code ?? ''}`,
      ask: async () => {
        const { items } = await dana.call('listSources', {});
        return items
          .filter(({ id }) => feeding.includes(id))
          .map(each => ({
            id: each.id,
            state: each.state,
            code: each.error?.code,
          }));
      },
      accept: sources =>
        sources.length === feeding.length &&
        sources.every(each => each.state === state && each.code === code),
      ms: 120_000,
    });
  }

  /** Does the work while the server fails so, and mends it afterwards. */
  async function during(
    mode: '500' | 'html' | 'none',
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await set(mode);
      await work();
    } finally {
      await set('off');
      await run();
      await untilBoth('ok');
    }
  }

  return { set, run, untilBoth, during };
}
