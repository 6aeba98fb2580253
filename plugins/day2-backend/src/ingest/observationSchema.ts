import { FinishBasis, Rollout } from '@day2/backstage-plugin-day2-common';
import { z } from 'zod';

// The last instant that an ISO string of four-digit years can say.
const LAST_INSTANT = 253402300799999;

const Instant = z.number().int().min(0).max(LAST_INSTANT);
/** Names, versions and keys: PostgreSQL stores no NUL, and no name has a control character. */
const Word = z
  .string()
  .regex(/^\P{Cc}*$/u, 'holds a control character, which no name has');
const Key = Word.min(1).max(500);
const Sha = z.string().regex(/^[0-9a-f]{40,64}$/);
const Repository = Word.min(1).max(255);
const Environment = Word.trim().min(1).max(100).optional();
const Url = z.string().max(2000).optional();
const Marks = z
  .array(z.enum(['hotfix', 'revert', 'rollback', 'emergency']))
  .optional();

const Person = z.object({
  key: Word.trim().min(1).max(320),
  namespace: Word.min(1).max(40),
  name: Word.max(1000).optional(),
});

const Subject = z.object({
  key: Key,
  kind: z.enum(['application', 'repository', 'service']),
  traits: z.object({
    entityRef: Word.max(500).optional(),
    repository: Repository.optional(),
    repositoryUrls: z.array(z.string().max(1000)).max(50).optional(),
    path: Word.max(1000).optional(),
    application: Word.max(500).optional(),
    resource: z
      .object({
        kind: Word.max(200),
        name: Word.max(300),
        namespace: Word.max(300).optional(),
      })
      .optional(),
    labels: z.record(z.string(), z.string()).optional(),
    images: z.array(z.string().max(500)).max(100).optional(),
  }),
});

const base = { key: Key, version: z.number().int() };

const Deployment = z.object({
  ...base,
  kind: z.literal('deployment'),
  subject: Subject,
  environment: Environment,
  target: Word.min(1).max(200).optional(),
  versionName: Word.min(1).max(300),
  image: z
    .object({
      repository: Word.max(500).optional(),
      tag: Word.max(300).optional(),
      digest: Word.max(200).optional(),
    })
    .optional(),
  startedAt: Instant.optional(),
  finishedAt: Instant,
  order: z.number().optional(),
  basis: FinishBasis,
  rollout: Rollout,
  manifestRevision: z
    .object({ repository: Repository, sha: z.string().min(1).max(64) })
    .optional(),
  applicationRevision: z
    .object({
      repository: Word.max(500).optional(),
      sha: z
        .string()
        .regex(/^[0-9a-fA-F]{4,64}$/)
        .optional(),
      tag: Word.max(255).optional(),
      found: z.string().max(500),
    })
    .optional(),
  actor: Person.optional(),
  title: z.string().max(2000).optional(),
  url: Url,
  marks: Marks,
});

const Change = z.object({
  ...base,
  kind: z.literal('change'),
  touches: z.array(
    z.object({
      subject: Subject,
      environment: Environment,
      target: Word.max(200).optional(),
      fields: z.array(
        z.object({
          file: z.string(),
          resource: z.string().optional(),
          field: z.string(),
          from: z.string().optional(),
          to: z.string().optional(),
          environment: z.string().optional(),
          target: Word.optional(),
        }),
      ),
      versionMoved: z.boolean(),
    }),
  ),
  title: z.string().max(5000),
  message: z.string().optional(),
  at: Instant,
  authors: z.array(Person),
  repository: Repository.optional(),
  sha: z.string().min(1).max(64).optional(),
  url: Url,
  isMerge: z.boolean(),
  issueKeys: z.array(z.string().max(200)),
  pullRequest: Word.max(200).optional(),
  reverts: z.string().min(4).max(64).optional(),
  marks: Marks,
  paths: z.array(z.string()).optional(),
});

const Commit = z.object({
  ...base,
  kind: z.literal('commit'),
  repository: Repository,
  sha: Sha,
  parents: z.array(Sha),
  committedAt: Instant,
  title: z.string(),
  authors: z.array(Person),
  issueKeys: z.array(z.string().max(200)),
  paths: z.array(z.string()),
  pathsCut: z.boolean(),
});

const Tag = z.object({
  ...base,
  kind: z.literal('tag'),
  repository: Repository,
  name: Word.min(1).max(255),
  sha: Sha,
});

const Withdrawn = z.object({
  kind: z.literal('withdrawn'),
  keyPrefix: Key,
  reason: z.string().min(1).max(1000),
});

/** What the hub takes in: the shape and the limits of its columns. */
export const observationSchema = z.discriminatedUnion('kind', [
  Deployment,
  Change,
  Commit,
  Tag,
  Withdrawn,
]);
