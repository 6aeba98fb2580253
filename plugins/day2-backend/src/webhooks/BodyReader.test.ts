import express from 'express';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { BodyReader, type BodyReaderOptions } from './BodyReader';

describe('BodyReader', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  /** Sends pieces and says with what the reading ended. */
  async function start(options: Partial<BodyReaderOptions>) {
    const reader = BodyReader.create({ maxBytes: 1_000, ...options });
    const app = express();
    app.use(async (request, response) => {
      const outcome = await reader
        .use(request, async body => `read ${body.length}`)
        .catch(error => error.name);
      response.end(outcome);
    });
    const server = createServer(app);
    servers.push(server);
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    return (length: number, sent: number) => {
      const socket = connect(port, '127.0.0.1');
      socket.write(
        `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n`,
      );
      socket.write(`Connection: close\r\n\r\n${'x'.repeat(sent)}`);
      const answer = new Promise<string>((resolve, reject) => {
        let text = '';
        socket.on('data', data => {
          text += data;
        });
        socket.once('close', () => resolve(text.split('\r\n').at(-1) ?? ''));
        socket.once('error', reject);
      });
      return { answer, socket };
    };
  }

  it('reads a body', async () => {
    const send = await start({});
    expect(await send(1_000, 1_000).answer).toBe('read 1000');
    expect(await send(0, 0).answer).toBe('read 0');
  });

  it('refuses what is said to be too large before it comes', async () => {
    const send = await start({});
    expect(await send(1_001, 0).answer).toBe('PayloadTooLargeError');
  });

  it('does not wait for what is slow', async () => {
    const send = await start({ timeoutMs: 50 });
    expect(await send(1_000, 999).answer).toBe('RequestTimeoutError');
  });

  it('reads no more at once than there is room for, and has room again', async () => {
    const send = await start({ maxAtOnceBytes: 1_500, timeoutMs: 500 });
    const first = send(1_000, 900);
    const second = send(1_000, 900);
    // The one that came last finds no room.
    expect(await Promise.race([first.answer, second.answer])).toBe(
      'ServiceUnavailableError',
    );
    expect((await Promise.all([first.answer, second.answer])).sort()).toEqual([
      'RequestTimeoutError',
      'ServiceUnavailableError',
    ]);
    expect(await send(1_000, 1_000).answer).toBe('read 1000');
  });
});
