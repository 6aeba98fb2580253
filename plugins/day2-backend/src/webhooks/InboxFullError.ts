import { CustomErrorBase } from '@backstage/errors';

/** So much of a source waits that no more is kept: its tool is to keep it. */
export class InboxFullError extends CustomErrorBase {
  readonly statusCode = 503;
}

/** Whether the inbox has no room for a delivery. */
export function isInboxFullError(error: unknown): boolean {
  return (error as Error | undefined)?.name === 'InboxFullError';
}
