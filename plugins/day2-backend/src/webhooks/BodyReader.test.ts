import express from 'express';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { until } from '../__testUtils__/until';
import { BodyReader, type BodyReaderOptions } from './BodyReader';

describe('BodyReader', () => {
  const servers: Server[] = [];
  let reader: BodyReader;
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  /** Sends pieces and says with what the reading ended. */
  async function start(options: Partial<BodyReaderOptions>) {
    reader = BodyReader.create({ maxBytes: 1_000, ...options });
    const app = express();
    app.use(async (request, response) => {
      const outcome = await reader
        .use(
          { request, isProven: request.headers['x-proven'] === 'yes' },
          async body => `read ${body.length}`,
        )
        .catch(error => error.name);
      response.end(outcome);
    });
    const server = createServer(app);
    servers.push(server);
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    return (length: number, sent: number, proven = 'no') => {
      const socket = connect(port, '127.0.0.1');
      socket.write(
        `POST / HTTP/1.1\r\nHost: x\r\nX-Proven: ${proven}\r\nContent-Length: ${length}\r\n`,
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

  it('cuts off the largest that is still coming where there is no more room, and has room again', async () => {
    const send = await start({ maxAtOnceBytes: 6_000, timeoutMs: 2_000 });
    const held = send(1_000, 999);
    const other = send(1_000, 400);
    await until(async () => reader.bytesAtOnce === 1_399);
    // Short, as deliveries are: held ones do not keep it out.
    expect(await send(300, 300).answer).toBe('read 300');
    expect(await held.answer).toBe('ServiceUnavailableError');
    other.socket.write('x'.repeat(600));
    expect(await other.answer).toBe('read 1000');
    expect(await send(1_000, 1_000).answer).toBe('read 1000');
  });

  it('is not kept busy by many that are held open', async () => {
    const send = await start({ maxReadings: 2, timeoutMs: 5_000 });
    const held = [send(1_000, 11), send(1_000, 22)];
    await until(async () => reader.bytesAtOnce === 33);
    expect(await send(300, 300).answer).toBe('read 300');
    expect(await Promise.race(held.map(({ answer }) => answer))).toBe(
      'ServiceUnavailableError',
    );
    held.forEach(({ socket }) => socket.destroy());
  });

  it('keeps room for those that are proven, whatever others hold', async () => {
    const send = await start({ maxAtOnceBytes: 4_000, timeoutMs: 2_000 });
    const held = [send(1_000, 990), send(1_000, 980)];
    // Of a thousand bytes for the unproven one holds all.
    await Promise.race(held.map(({ answer }) => answer));
    const proven = send(1_000, 900, 'yes');
    await until(async () => reader.bytesAtOnce > 1_800);
    proven.socket.write('x'.repeat(100));
    expect(await proven.answer).toBe('read 1000');
  });
});
