import { FinishBasis, Rollout } from '@day2/backstage-plugin-day2-common';
import { z } from 'zod';
import { Application } from './applicationSchema';
import { Incident, OnCall } from './incidentSchema';
import { Measurement, Objective } from './objectiveSchema';
import {
  base,
  DeploymentMarks,
  Environment,
  Image,
  Instant,
  Key,
  Marks,
  Named,
  Person,
  Repository,
  Sha,
  Subject,
  Url,
  Word,
} from './observationWords';

const Revision = z.object({
  repository: Repository,
  sha: z.string().min(1).max(64),
});

const DeploymentShape = z.object({
  ...base,
  kind: z.literal('deployment'),
  subject: Subject,
  environment: Environment,
  target: Word.min(1).max(200).optional(),
  versionName: Word.min(1).max(300).optional(),
  image: Image.optional(),
  images: z.array(Image).max(100).optional(),
  startedAt: Instant.optional(),
  finishedAt: Instant,
  order: z.number().optional(),
  basis: FinishBasis,
  rollout: Rollout,
  manifestRevision: Revision.optional(),
  otherRevisions: z.array(Revision).max(20).optional(),
  applicationRevision: z
    .object({
      repository: Named.optional(),
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
  marks: DeploymentMarks,
  mends: Word.min(1).max(300).optional(),
});

const Deployment = DeploymentShape.refine(
  ({ versionName, manifestRevision }) => versionName || manifestRevision,
  'names neither a version nor the revision of a manifest that it could be read from',
);

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
  Application,
  Objective,
  Measurement,
  Incident,
  OnCall,
  Withdrawn,
]);
