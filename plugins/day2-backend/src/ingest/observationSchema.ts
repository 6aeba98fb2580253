import { FinishBasis, Rollout } from '@day2/backstage-plugin-day2-common';
import { z } from 'zod';

// The last instant that an ISO string of four-digit years can say.
const LAST_INSTANT = 253402300799999;

const Instant = z.number().int().min(0).max(LAST_INSTANT);
const Key = z.string().min(1).max(500);
const Sha = z.string().regex(/^[0-9a-f]{40,64}$/);
const Repository = z.string().min(1).max(255);
const Environment = z.string().trim().min(1).max(100).optional();
const Url = z.string().max(2000).optional();
const Marks = z
  .array(z.enum(['hotfix', 'revert', 'rollback', 'emergency']))
  .optional();

const Person = z.object({
  key: z.string().trim().min(1).max(320),
  namespace: z.string().min(1).max(40),
  name: z.string().max(1000).optional(),
});

const Subject = z.object({
  key: Key,
  kind: z.enum(['application', 'repository', 'service']),
  traits: z.object({
    entityRef: z.string().max(500).optional(),
    repository: Repository.optional(),
    repositoryUrls: z.array(z.string().max(1000)).max(50).optional(),
    path: z.string().max(1000).optional(),
    application: z.string().max(500).optional(),
    resource: z
      .object({
        kind: z.string().max(200),
        name: z.string().max(300),
        namespace: z.string().max(300).optional(),
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
  target: z.string().min(1).max(200).optional(),
  versionName: z.string().min(1).max(300),
  image: z
    .object({
      repository: z.string().max(500).optional(),
      tag: z.string().max(300).optional(),
      digest: z.string().max(200).optional(),
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
      repository: z.string().max(500).optional(),
      sha: z
        .string()
        .regex(/^[0-9a-fA-F]{4,64}$/)
        .optional(),
      tag: z.string().max(255).optional(),
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
      target: z.string().max(200).optional(),
      fields: z.array(
        z.object({
          file: z.string(),
          resource: z.string().optional(),
          field: z.string(),
          from: z.string().optional(),
          to: z.string().optional(),
          environment: z.string().optional(),
          target: z.string().optional(),
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
  pullRequest: z.string().max(200).optional(),
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
  name: z.string().min(1).max(255),
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
