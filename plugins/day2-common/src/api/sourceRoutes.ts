import { z } from 'zod';
import { EffectStanding, QuarantinedItem, SourceStatus } from '../sources';
import { pageOf, pageQuery } from './page';
import type { Route } from './route';

const idParams = z.object({ id: z.string().min(1).max(200) });
const none = z.object({});

/** Sources, and what is told on the outside: how they stand, and what may be done. */
export const sourceRoutes = {
  listSources: {
    method: 'get',
    path: '/sources',
    summary: 'Every source with its state, last error, lag and counts',
    access: 'day2.source.read',
    principals: ['user'],
    params: none,
    query: none,
    response: z.object({
      items: z.array(SourceStatus),
      asOf: z.iso.datetime(),
      canManage: z.boolean(),
      effects: z
        .array(EffectStanding)
        .optional()
        .describe('what is told on the outside, by effect'),
      queues: z.object({
        sequences: z
          .number()
          .int()
          .describe('service and environment pairs still to derive'),
        subjects: z.number().int().describe('subjects still to match'),
        changes: z
          .number()
          .int()
          .optional()
          .describe('changes still to derive and to tie to services'),
        applications: z
          .number()
          .int()
          .optional()
          .describe('applications whose state is still to derive'),
        incidents: z
          .number()
          .int()
          .optional()
          .describe('alerts and incidents whose incident is still to derive'),
        objectives: z
          .number()
          .int()
          .optional()
          .describe('services whose objectives are still to derive'),
        failed: z
          .number()
          .int()
          .optional()
          .describe('could not be derived, and are tried again'),
      }),
    }),
  },
  listQuarantine: {
    method: 'get',
    path: '/sources/:id/quarantine',
    summary:
      'Items a source could not take in, of any service, newest first; how many there are is said by GET /sources',
    access: 'day2.source.manage',
    principals: ['user'],
    params: idParams,
    query: z.object(pageQuery),
    response: pageOf(QuarantinedItem),
  },
  controlSource: {
    method: 'post',
    path: '/sources/:id/control',
    summary:
      'Run a source now, pause it, resume it, or read it again from the beginning',
    access: 'day2.source.manage',
    principals: ['user'],
    params: idParams,
    query: none,
    body: z
      .object({
        action: z.enum([
          'run',
          'pause',
          'resume',
          'reread',
          'replay-quarantine',
        ]),
      })
      .strict(),
    response: z.object({
      done: z.string().describe('what it did, in a sentence'),
    }),
  },
  controlEffect: {
    method: 'post',
    path: '/effects/:id/control',
    summary:
      'Try again what was to be told on the outside and was given up: what is still so, and no more',
    access: 'day2.source.manage',
    principals: ['user'],
    params: idParams,
    query: none,
    body: z.object({ action: z.enum(['retry']) }).strict(),
    response: z.object({
      done: z.string().describe('what it did, in a sentence'),
    }),
  },
} as const satisfies Record<string, Route>;
