import {
  AuthenticationError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  hmacVerifier,
  type Source,
  type WebhookDelivery,
} from '@day2/backstage-plugin-day2-node';
import { randomBytes } from 'node:crypto';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { BodyReader } from './BodyReader';
import { isInboxFullError } from './InboxFullError';
import { NoisySenders } from './NoisySenders';
import { PayloadTooLargeError, TooManyRequestsError } from './refusedBody';
import { Refusals } from './Refusals';
import type { WebhookInbox } from './WebhookInbox';

const DEFAULT_BYTES = 1024 * 1024;
/** What reading may need; nothing that proves who sent it is kept. */
const KEPT_HEADERS = ['content-type', 'user-agent'];
const NO_BODY = Buffer.alloc(0);
/** A tool that is told so keeps its delivery, and sends it again after. */
const RETRY_AFTER_SECONDS = 60;
/** Longer ones are not read of who sends much that proves nothing. */
const SHORT_BYTES = 64 * 1024;
const COME_AGAIN = [
  'InboxFullError',
  'ServiceUnavailableError',
  'TooManyRequestsError',
];

/**
 * `POST /webhooks/<id of the source>`: verified by the bytes as they came,
 * kept, and then accepted. Mounted before anything that parses bodies.
 *
 * @remarks An unknown source, one without a webhook and a bad signature are
 * answered alike, and nothing asks the database before a delivery is verified.
 */
export function createWebhookRouter(options: {
  sources: Source[];
  inbox: Pick<WebhookInbox, 'accept'>;
  /** Called once a delivery is kept. */
  onAccepted: () => void;
  logger: LoggerService;
  now: () => number;
  /** How long a body may take to come; 10 s by default. */
  timeoutMs?: number;
  /** Of all bodies that are read at once; 64 MiB by default. */
  maxAtOnceBytes?: number;
}): Router {
  const { inbox, onAccepted } = options;
  const sources = new Map(
    options.sources.flatMap(({ id, webhook }) =>
      webhook ? [[id, webhook] as const] : [],
    ),
  );
  // One limit for all: whose is larger would tell which sources there are.
  const reader = BodyReader.create({
    ...options,
    maxBytes: Math.max(DEFAULT_BYTES, ...[...sources.values()].map(maxBytesOf)),
  });
  const refusals = Refusals.create(options);
  const senders = NoisySenders.create(options);
  // Takes about as long as any other that finds the signature to be wrong.
  const never = hmacVerifier({
    header: 'x-day2-none',
    secrets: [randomBytes(32).toString('hex')],
  });

  const router = PromiseRouter();
  router.post('/webhooks/:source', async (request, response) => {
    const id = request.params.source;
    const webhook = sources.get(id);
    const verify = webhook?.verify ?? never;
    const headers = headersOf(request);
    const address = request.ip ?? '';
    const accept = async (body: Buffer) => {
      const delivery = { headers, body };
      if (!verified(verify, delivery)) {
        senders.refused(address);
        refusals.note(webhook ? id : undefined);
        throw new AuthenticationError(
          'Not accepted: check the address, and the secret at both ends',
        );
      }
      senders.verified(address);
      if (webhook && body.length > maxBytesOf(webhook)) {
        throw new PayloadTooLargeError('The body is too large');
      }
      await keep(id, delivery);
    };
    try {
      // A token or password proves it before the body is read.
      const isProven = verified(verify, { headers, body: NO_BODY });
      if (!isProven && isLong(request) && senders.isNoisy(address)) {
        // What is still to come is let go by, so that the answer is heard.
        request.resume();
        throw new TooManyRequestsError(
          'Much came from this address that was not accepted; send short deliveries, or this one again later',
        );
      }
      await reader.use({ request, isProven }, accept);
    } catch (error) {
      if ((error as Error).name === 'RequestTimeoutError') {
        // It may go on for as long as it likes, but not here.
        response.setHeader('connection', 'close');
      }
      if (COME_AGAIN.includes((error as Error).name)) {
        response.setHeader('retry-after', RETRY_AFTER_SECONDS);
      }
      throw error;
    }
    onAccepted();
    response.status(202).json({ accepted: true });
  });
  return router;

  async function keep(source: string, delivery: WebhookDelivery) {
    const headers = Object.fromEntries(
      KEPT_HEADERS.map(name => [name, delivery.headers[name]]),
    );
    try {
      await inbox.accept({
        source,
        delivery: { ...delivery, headers },
        isHint: sources.get(source)?.kind === 'hint',
      });
    } catch (error) {
      if (isInboxFullError(error)) {
        throw error;
      }
      // Words of a database may hold the body: they are nobody's to read.
      options.logger.error('A webhook could not be kept', {
        source,
        code: String((error as { code?: unknown }).code ?? 'none'),
      });
      throw new ServiceUnavailableError(
        'The delivery could not be kept; send it again later',
      );
    }
  }
}

/** By its length, or because it does not say how long it is. */
function isLong({ headers }: Request): boolean {
  return !(Number(headers['content-length'] ?? Infinity) <= SHORT_BYTES);
}

function maxBytesOf(webhook: NonNullable<Source['webhook']>): number {
  return webhook.maxBytes ?? DEFAULT_BYTES;
}

/** Whatever goes wrong in verifying, nobody is let in by it. */
function verified(
  verify: (delivery: WebhookDelivery) => boolean,
  delivery: WebhookDelivery,
): boolean {
  try {
    return verify(delivery) === true;
  } catch {
    return false;
  }
}

function headersOf(request: Request): WebhookDelivery['headers'] {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}
