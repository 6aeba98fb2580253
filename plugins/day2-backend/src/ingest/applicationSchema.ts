import { z } from 'zod';
import {
  base,
  Environment,
  Instant,
  Person,
  RepositoryUrl,
  Subject,
  Url,
  Word,
} from './observationWords';

const SyncWord = z.enum(['synced', 'out-of-sync', 'unknown']);
const HealthWord = z.enum([
  'healthy',
  'progressing',
  'degraded',
  'suspended',
  'missing',
  'unknown',
]);
const Text = z.string().max(10_000);

/** What a GitOps controller says of an application now. */
export const Application = z.object({
  ...base,
  kind: z.literal('application'),
  subject: Subject,
  name: Word.min(1).max(500),
  project: Word.max(300).optional(),
  environment: Environment,
  target: Word.min(1).max(200).optional(),
  sync: SyncWord,
  health: HealthWord,
  healthMessage: Text.optional(),
  origins: z
    .array(
      z.object({
        repository: RepositoryUrl,
        path: Word.max(1000).optional(),
        chart: Word.max(500).optional(),
        targetRevision: Word.max(500).optional(),
        paths: z.array(Word.max(1000)).max(200).optional(),
        narrowed: z.boolean().optional(),
        plugin: z.boolean().optional(),
        parametersHash: Word.max(200).optional(),
        syncedParametersHash: Word.max(200).optional(),
        desiredRevision: Word.max(300).optional(),
        syncedRevision: Word.max(300).optional(),
      }),
    )
    .max(100),
  automated: z.boolean(),
  selfHeal: z.boolean(),
  operation: z
    .object({
      phase: z.enum(['running', 'succeeded', 'failed', 'error', 'terminating']),
      startedAt: Instant.optional(),
      finishedAt: Instant.optional(),
      message: Text.optional(),
      actor: Person.optional(),
      automated: z.boolean(),
      limitedTo: z.enum(['chosen-resources', 'dry-run']).optional(),
      revisions: z.array(Word.max(300)).max(100),
    })
    .optional(),
  conditions: z
    .array(
      z.object({
        type: Word.max(200),
        message: Text,
        at: Instant.optional(),
      }),
    )
    .max(200),
  resources: z
    .array(
      z.object({
        group: Word.max(300).optional(),
        kind: Word.max(200),
        namespace: Word.max(300).optional(),
        name: Word.max(300),
        sync: SyncWord.optional(),
        health: HealthWord.optional(),
        requiresPruning: z.boolean(),
      }),
    )
    .max(200),
  resourceCount: z.number().int().min(0),
  images: z.array(Word.max(1000)),
  syncedAt: Instant.optional(),
  comparedAt: Instant.optional(),
  url: Url,
});
