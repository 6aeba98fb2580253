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

/** Much came from there that proved nothing: no long bodies are read. */
export class TooManyRequestsError extends CustomErrorBase {
  readonly statusCode = 429;
}
