import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What goes wrong between a source and its tool. @public */
export type Fault =
  | {
      kind: 'status';
      status: number;
      headers?: Record<string, string>;
      body?: string;
    }
  /** A login page or a proxy answers, with status 200. */
  | { kind: 'html' }
  /** The answer ends in the middle, its connection is cut. */
  | { kind: 'truncated' }
  /** The connection stays open and nothing comes. */
  | { kind: 'hang' }
  /** The connection is cut before an answer. */
  | { kind: 'reset' };

/** @public */
export interface FaultServer {
  url: string;
  /** Sets what goes wrong from now on; nothing where absent. Only after so many good answers, if said. */
  setFault(fault?: Fault, options?: { afterRequests?: number }): void;
  /** How many requests came. */
  readonly requests: number;
  close(): Promise<void>;
}

const html =
  '<!DOCTYPE html><html><head><title>Sign in</title></head><body><form></form></body></html>';

/**
 * A proxy on the loopback interface before a true upstream, which lets a test
 * put each fault between the two.
 *
 * @public
 */
export async function createFaultServer(options: {
  /** Base URL of the upstream, or where it is now. */
  upstream: string | (() => string);
}): Promise<FaultServer> {
  let fault: Fault | undefined;
  let good = 0;
  let requests = 0;
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    requests += 1;
    if (fault && good <= 0) {
      fail({ fault, request, response, upstream: upstreamOf(options) });
      return;
    }
    good -= 1;
    forward({ request, response, upstream: upstreamOf(options) });
  });
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    setFault(next, { afterRequests = 0 } = {}) {
      fault = next;
      good = afterRequests;
    },
    get requests() {
      return requests;
    },
    async close() {
      for (const socket of sockets) {
        socket.destroy();
      }
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}

function upstreamOf(options: { upstream: string | (() => string) }): URL {
  const { upstream } = options;
  return new URL(typeof upstream === 'function' ? upstream() : upstream);
}

function fail(options: {
  fault: Fault;
  request: IncomingMessage;
  response: ServerResponse;
  upstream: URL;
}): void {
  const { fault, request, response } = options;
  switch (fault.kind) {
    case 'status':
      request.resume();
      response.writeHead(fault.status, {
        'content-type': 'text/plain',
        ...(fault.status === 401
          ? { 'www-authenticate': 'Basic realm="test"' }
          : {}),
        ...fault.headers,
      });
      response.end(fault.body ?? `status ${fault.status}`);
      return;
    case 'html':
      request.resume();
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(html);
      return;
    case 'truncated':
      forward({ ...options, truncated: true });
      return;
    case 'hang':
      request.resume();
      return;
    default:
      request.socket.destroy();
  }
}

function forward(options: {
  request: IncomingMessage;
  response: ServerResponse;
  upstream: URL;
  truncated?: boolean;
}): void {
  const { request, response, upstream } = options;
  const target = httpRequest(
    {
      host: upstream.hostname,
      port: upstream.port,
      method: request.method,
      path: `${upstream.pathname.replace(/\/$/, '')}${request.url ?? ''}`,
      headers: { ...request.headers, host: upstream.host },
    },
    answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      if (!options.truncated) {
        answer.pipe(response);
        return;
      }
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const body = Buffer.concat(chunks);
        response.write(body.subarray(0, Math.floor(body.length / 2)), () =>
          response.socket?.destroy(),
        );
      });
    },
  );
  target.on('error', () => {
    if (!response.headersSent) {
      response.writeHead(502);
    }
    response.end();
  });
  response.on('close', () => target.destroy());
  request.pipe(target);
}
