import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Monitoring } from '../monitoring/Monitoring';
import type { Life } from '../sandbox/Life';
import type { World } from '../world/World';

/** What runs beside the server, and begins after it. */
export interface LiveParts {
  isReady: boolean;
  monitoring?: Monitoring;
  /** Absent where the world stands still. */
  life?: Life;
}

const ProgramFault = z
  .object({
    tool: z.enum(['prometheus', 'alertmanager']),
    mode: z.enum(['off', 'none', 'slow']),
  })
  .strict();

/**
 * Faults of the tools that are real programs: `none` kills one (nobody starts it
 * again), `slow` lets it answer nothing, `off` starts it or lets it go on.
 */
export function orderPrograms(live: LiveParts): RequestHandler {
  return async (request, response, next) => {
    const { tool } = (request.body ?? {}) as { tool?: unknown };
    if (tool !== 'prometheus' && tool !== 'alertmanager') {
      next();
      return;
    }
    const input = ProgramFault.safeParse(request.body);
    if (!input.success) {
      response.status(400).json({
        error: `expected {"tool":"${tool}","mode":"off|none|slow"}; off: runs, none: killed, slow: paused`,
      });
      return;
    }
    if (!live.monitoring) {
      response.status(409).json({ error: `${tool} does not run here` });
      return;
    }
    try {
      await live.monitoring.order(input.data.tool, input.data.mode);
      response.json(live.monitoring.states);
    } catch (error) {
      response.status(500).json({ error: (error as Error).message });
    }
  };
}

const BadRelease = z
  .object({
    service: z.string().default('payments-api'),
    rollbackSeconds: z.number().int().min(30).max(86_400).default(300),
  })
  .strict();

/** A bad release now: it ships, breaks what it should, and is rolled back. */
export function orderRelease(options: {
  world: World;
  live: LiveParts;
}): RequestHandler {
  const { world, live } = options;
  return async (request, response) => {
    const input = BadRelease.safeParse(request.body ?? {});
    if (!input.success) {
      response.status(400).json({
        error:
          'expected {"service":"payments-api","rollbackSeconds":300}; 30 to 86400 seconds',
      });
      return;
    }
    const { service } = input.data;
    if (!world.state.services.has(service)) {
      response.status(404).json({ error: `no service ${service}` });
      return;
    }
    if (!live.life) {
      response.status(409).json({ error: 'the world stands still' });
      return;
    }
    const isBusy = world.outages.some(
      outage => outage.service === service && !outage.mitigatedAt,
    );
    if (isBusy) {
      response.status(409).json({ error: `${service} has an outage already` });
      return;
    }
    try {
      const { id, at } = await live.life.order(input.data);
      response.status(202).json({ id, at: new Date(at).toISOString() });
    } catch (error) {
      response.status(500).json({ error: (error as Error).message });
    }
  };
}
