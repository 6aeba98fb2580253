import { z } from 'zod';

/** What the header `Idempotency-Key` may hold. */
export const idempotencyHeader = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\x21-\x7e]+$/, 'must be printable characters without blanks')
  .describe(
    'names the deployment for ever: the same key with the same body changes nothing',
  );
