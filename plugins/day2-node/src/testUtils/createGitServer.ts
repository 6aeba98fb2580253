import { spawn } from 'node:child_process';
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** @public */
export interface GitServer {
  /** `<url>/<repository>.git` is the address of a repository. */
  url: string;
  close(): Promise<void>;
}

/**
 * Bare repositories of a folder over Git's smart HTTP, answered by
 * `git http-backend`, read-only, on the loopback interface.
 *
 * @public
 */
export async function createGitServer(options: {
  /** Where `<repository>.git` are. */
  directory: string;
  /** Asked of everyone, where given. */
  credentials?: { username: string; password: string };
}): Promise<GitServer> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    if (!mayRead(request, options.credentials)) {
      request.resume();
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' });
      response.end();
      return;
    }
    runBackend({ directory: options.directory, request, response });
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

function mayRead(
  request: IncomingMessage,
  credentials?: { username: string; password: string },
): boolean {
  if (!credentials) {
    return true;
  }
  const wanted = Buffer.from(
    `${credentials.username}:${credentials.password}`,
  ).toString('base64');
  return request.headers.authorization === `Basic ${wanted}`;
}

function runBackend(options: {
  directory: string;
  request: IncomingMessage;
  response: ServerResponse;
}): void {
  const { request, response } = options;
  const [path, query = ''] = (request.url ?? '/').split('?', 2);
  const header = (name: string) => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : '';
  };
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
      GIT_CONFIG_KEY_1: 'http.receivepack',
      GIT_CONFIG_VALUE_1: 'false',
      GIT_PROJECT_ROOT: options.directory,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: decodeURIComponent(path),
      QUERY_STRING: query,
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: header('content-type'),
      CONTENT_LENGTH: header('content-length'),
      HTTP_CONTENT_ENCODING: header('content-encoding'),
      GIT_PROTOCOL: header('git-protocol'),
      REMOTE_ADDR: '127.0.0.1',
    } as unknown as NodeJS.ProcessEnv,
  });
  request.pipe(child.stdin);
  child.stdin.on('error', () => {});
  child.stderr.resume();
  child.on('error', () => response.destroy());
  response.on('close', () => child.kill());
  let head: Buffer | undefined = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    if (head === undefined) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end >= 0) {
      for (const line of head.subarray(0, end).toString().split('\r\n')) {
        const colon = line.indexOf(':');
        const name = line.slice(0, colon);
        const value = line.slice(colon + 1).trim();
        if (name.toLowerCase() === 'status') {
          response.statusCode = Number.parseInt(value, 10);
        } else {
          response.setHeader(name, value);
        }
      }
      response.write(head.subarray(end + 4));
      head = undefined;
    }
  });
  child.stdout.on('end', () => response.end());
}
