import type { Response } from 'express';

const errors = {
  400: { code: 2001, message: 'Invalid Input Provided' },
  401: { code: 2006, message: 'Invalid API key' },
  403: { code: 2010, message: 'Access Denied' },
  404: { code: 2100, message: 'Not Found' },
  429: { code: 2020, message: 'Rate Limit Exceeded' },
} as const;

/** Answers an error as PagerDuty does. */
export function sendError(
  response: Response,
  status: keyof typeof errors,
  ...details: string[]
): void {
  response.status(status).json({
    error: {
      ...errors[status],
      ...(details.length > 0 && { errors: details }),
    },
  });
}
