import type { Response } from 'express';

/** Codes of gRPC and the statuses the gateway makes of them. */
const statuses = {
  3: 400,
  5: 404,
  7: 403,
  12: 501,
  16: 401,
} as const;

/** Answers an error as Argo CD's gRPC gateway does. */
export function sendGatewayError(
  response: Response,
  code: keyof typeof statuses,
  message: string,
): void {
  response.status(statuses[code]).json({ error: message, code, message });
}
