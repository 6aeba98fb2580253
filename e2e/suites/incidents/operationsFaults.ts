import assert from 'node:assert/strict';
import type {
  SourceErrorCode,
  SourceStatus,
} from '@day2/backstage-plugin-day2-common';
import { until } from '../../support';
import type { GetContext } from '../TestContext';

export type OperationsTool = 'prometheus' | 'alertmanager' | 'pagerduty';

/** The tools of objectives and incidents, made to misbehave, and what their sources make of it. */
export function operationsFaults(context: GetContext) {
  async function set(tool: OperationsTool, mode: string): Promise<void> {
    const { sandbox } = context().world;
    const response = await fetch(`${sandbox?.url}/world/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ tool, mode }),
    });
    assert.equal(response.status, 200, await response.text());
  }

  async function run(tool: OperationsTool): Promise<void> {
    const dana = await context().api('dana');
    await dana.call('controlSource', {
      params: { id: `${tool}:tern` },
      body: { action: 'run' },
    });
  }

  async function untilSource(
    tool: OperationsTool,
    accept: (source: SourceStatus) => boolean,
    what: string,
  ): Promise<SourceStatus> {
    const dana = await context().api('dana');
    const found = await until({
      what: `${tool} ${what}`,
      ask: async () => {
        await run(tool);
        const { items } = await dana.call('listSources', {});
        return items.find(({ id }) => id === `${tool}:tern`);
      },
      accept: source => source !== undefined && accept(source),
      ms: 60_000,
    });
    return found!;
  }

  /** Does the work while the tool fails so, once its source says it, and mends it. */
  async function during(
    options: { tool: OperationsTool; mode: string; code: SourceErrorCode },
    work: (source: SourceStatus) => Promise<void>,
  ): Promise<void> {
    const { code, mode, tool } = options;
    try {
      await set(tool, mode);
      await work(
        await untilSource(
          tool,
          ({ error, state }) => state === 'failing' && error?.code === code,
          `to fail with ${code}`,
        ),
      );
    } finally {
      await set(tool, 'off');
      await untilSource(
        tool,
        ({ error, state }) => state === 'ok' && !error,
        'to be fine again',
      );
    }
  }

  return { during };
}
