import { CustomErrorBase, InputError } from '@backstage/errors';
import express from 'express';
import type { Request, Response } from 'express';

/** Largest body that is read, in bytes. */
export const BODY_LIMIT = 100_000;

class PayloadTooLargeError extends CustomErrorBase {
  readonly statusCode = 413;
}

const parse = express.json({
  limit: BODY_LIMIT,
  type: ['application/json', 'application/cloudevents+json'],
});

/**
 * Reads the JSON body of a request that has passed the permission check, so
 * that nobody makes us parse what they may not send.
 *
 * @throws InputError where it is no JSON or of another content type
 */
export async function readJsonBody(options: {
  request: Request;
  response: Response;
}): Promise<unknown> {
  const { request, response } = options;
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/(cloudevents\+)?json\b/i.test(type)) {
    throw new InputError(
      'Send the body as JSON with the header Content-Type: application/json (or application/cloudevents+json for events)',
    );
  }
  await new Promise<void>((resolve, reject) => {
    parse(request, response, (error?: unknown) => {
      if (error === undefined) {
        resolve();
      } else if ((error as { type?: string }).type === 'entity.too.large') {
        reject(
          new PayloadTooLargeError(
            `The body is larger than ${BODY_LIMIT / 1000} kB`,
          ),
        );
      } else {
        reject(new InputError('The body is not valid JSON'));
      }
    });
  });
  return request.body;
}
