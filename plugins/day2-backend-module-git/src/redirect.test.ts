import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect } from '@day2/backstage-plugin-day2-node/testUtils';
import { createSource } from './__testUtils__/createSource';

jest.setTimeout(60_000);

async function listen(server: Server): Promise<string> {
  await new Promise<void>(done => {
    server.listen(0, '127.0.0.1', done);
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a server that sends elsewhere', () => {
  it.each([
    [301, 'another', /moved from 127.* to 127/],
    [302, 'another', /no credential goes to another host/],
    [308, 'the same', /The repository moved on 127/],
  ])('%i to %s host is said and not followed', async (status, where, words) => {
    const folder = mkdtempSync(join(tmpdir(), 'day2-redirect-'));
    const asked: string[] = [];
    const other = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('x');
    });
    const there = await listen(other);
    const server = createServer((request, response) => {
      const to = where === 'another' ? there : request.headers.host;
      response.writeHead(status, {
        location: `http://me:hidden@${to}/new.git/info/refs?service=git-upload-pack`,
      });
      response.end();
    });
    const here = await listen(server);
    try {
      const { error } = await collect(
        createSource({
          directory: folder,
          networkTimeoutMs: 5_000,
          repository: {
            name: 'x',
            url: `http://${here}/old.git`,
            role: 'gitops',
            token: 'secret-token',
          },
        }),
      );
      const to = where === 'another' ? there : here;
      expect(error).toMatchObject({
        code: 'misconfigured',
        message: expect.stringMatching(words),
        fix: expect.stringContaining(`to http://${to}/new.git.`),
      });
      expect(asked).toEqual([]);
    } finally {
      server.close();
      other.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
