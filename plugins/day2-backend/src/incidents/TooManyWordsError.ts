import { CustomErrorBase } from '@backstage/errors';

/** One person has said so much of incidents of late that no more is kept. */
export class TooManyWordsError extends CustomErrorBase {
  readonly statusCode = 429;
}
