import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { KitUpstream } from '../runConnectorKit';

const pageSize = 10;

/** A tool with items in pages, as many have: `GET /items?page=2`. */
export async function startToyTool(): Promise<KitUpstream> {
  let items: unknown[] = Array.from({ length: 45 }, (_, index) => ({
    id: `item-${index}`,
    updated: 1_000 + index,
    title: `Item ${index}`,
  }));
  const server = createServer((request, response) => {
    const page = Number(
      new URL(request.url ?? '/', 'http://toy').searchParams.get('page') ?? 0,
    );
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        items: items.slice(page * pageSize, (page + 1) * pageSize),
        next: (page + 1) * pageSize < items.length ? page + 1 : undefined,
      }),
    );
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    minimum: { observations: 45, batches: 5 },
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
    async breakItems() {
      items.splice(3, 0, { id: 'broken', updated: 'yesterday' }, 7, {});
      return { stillThere: ['item-0', 'item-44'], unreadable: 3 };
    },
    async dropThird() {
      items = items.slice(15);
    },
    async addItem() {
      items.push({ id: `item-${items.length}`, updated: 2_000, title: 'New' });
    },
  };
}
