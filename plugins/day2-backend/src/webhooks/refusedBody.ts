import { CustomErrorBase } from '@backstage/errors';

/** Larger than a source takes. */
export class PayloadTooLargeError extends CustomErrorBase {
  readonly statusCode = 413;
}

/** Packed, so that its size is not known. */
export class UnsupportedMediaTypeError extends CustomErrorBase {
  readonly statusCode = 415;
}

/** It takes too long to come. */
export class RequestTimeoutError extends CustomErrorBase {
  readonly statusCode = 408;
}
