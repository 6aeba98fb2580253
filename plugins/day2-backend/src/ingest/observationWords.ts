import {
  CREDENTIALS_REFUSED,
  hasCredentials,
} from '@day2/backstage-plugin-day2-common';
import { z } from 'zod';

// The last instant that an ISO string of four-digit years can say.
const LAST_INSTANT = 253402300799999;

export const Instant = z.number().int().min(0).max(LAST_INSTANT);
/** Names, versions and keys: PostgreSQL stores no NUL, and no name has a control character. */
export const Word = z
  .string()
  .regex(/^\P{Cc}*$/u, 'holds a control character, which no name has');
export const Key = Word.min(1).max(500);
export const Sha = z.string().regex(/^[0-9a-f]{40,64}$/);
export const Repository = Word.min(1).max(255);
export const Environment = Word.trim().min(1).max(100).optional();
const withoutCredentials = (text: string) => !hasCredentials(text);
export const Url = z
  .string()
  .max(2000)
  .refine(withoutCredentials, CREDENTIALS_REFUSED)
  .optional();
export const Marks = z
  .array(z.enum(['hotfix', 'revert', 'rollback', 'emergency']))
  .optional();
/** Of a deployment; `fix` is said by whoever posts it. */
export const DeploymentMarks = z
  .array(z.enum(['hotfix', 'revert', 'rollback', 'emergency', 'fix']))
  .optional();

/** An address of a repository as a tool has it. */
export const RepositoryUrl = z
  .string()
  .max(1000)
  .refine(withoutCredentials, CREDENTIALS_REFUSED);

export const Person = z.object({
  key: Word.trim().min(1).max(320),
  namespace: Word.min(1).max(40),
  name: Word.max(1000).optional(),
});

export const Subject = z.object({
  key: Key,
  kind: z.enum([
    'application',
    'repository',
    'service',
    'objectives',
    'alerts',
    'incident-service',
  ]),
  traits: z.object({
    entityRef: Word.max(500).optional(),
    repository: Repository.optional(),
    repositoryUrls: z.array(RepositoryUrl).max(50).optional(),
    path: Word.max(1000).optional(),
    application: Word.max(500).optional(),
    resource: z
      .object({
        kind: Word.max(200),
        name: Word.max(300),
        namespace: Word.max(300).optional(),
      })
      .optional(),
    instance: Word.max(200).optional(),
    project: Word.max(300).optional(),
    labels: z.record(z.string(), z.string()).optional(),
    alert: Word.max(500).optional(),
    toolService: z
      .object({
        tool: Word.min(1).max(40),
        id: Word.min(1).max(200),
        name: Word.max(500).optional(),
      })
      .optional(),
    images: z.array(z.string().max(500)).max(100).optional(),
  }),
});

export const base = { key: Key, version: z.number().int() };

/** A name of a repository in a registry, or of Git. */
export const Named = Word.max(500).refine(
  withoutCredentials,
  CREDENTIALS_REFUSED,
);

export const Image = z.object({
  repository: Named.optional(),
  tag: Word.max(300).optional(),
  digest: Word.max(200).optional(),
});
