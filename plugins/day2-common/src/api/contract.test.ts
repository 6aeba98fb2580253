import { readFileSync } from 'fs';
import { join } from 'path';
import { contract } from './contract';
import type { Route } from './route';

const routes = Object.entries(contract) as [string, Route][];

function docs(name: string): string {
  return readFileSync(join(__dirname, '../../../../docs', name), 'utf8');
}

describe('contract', () => {
  it.each(routes)('%s names its path parameters and a summary', (_, route) => {
    const inPath = [...route.path.matchAll(/:(\w+)/g)].map(match => match[1]);
    expect(Object.keys(route.params.shape).sort()).toEqual(inPath.sort());
    expect(route.summary.length).toBeGreaterThan(10);
  });

  it('has one operation a method and path', () => {
    const keys = routes.map(([, route]) => `${route.method} ${route.path}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(routes.filter(([, route]) => route.method === 'post'))(
    '%s, which writes, needs a permission of its own',
    (_, route) => {
      expect(route.access).toMatch(/^day2\./);
      expect(route.body).toBeDefined();
    },
  );

  it('is what docs/api.md lists, and webhooks, which any tool posts', () => {
    const listed = [...docs('api.md').matchAll(/^\| `([A-Z]+ \/\S*)`/gm)];
    expect(listed.map(([, each]) => each).sort()).toEqual(
      [
        ...routes.map(
          ([, { method, path }]) => `${method.toUpperCase()} ${path}`,
        ),
        'POST /webhooks/:source',
      ].sort(),
    );
  });

  it.each(routes.filter(([, route]) => route.method === 'post'))(
    'docs/permissions.md names what the audit calls %s',
    operation => {
      const event = operation.replace(/[A-Z]/g, each => `-${each}`);
      expect(docs('permissions.md')).toContain(`\`${event.toLowerCase()}\``);
    },
  );

  it('refuses an unknown timeline kind', () => {
    const { query } = contract.listServiceTimeline;
    expect(query.safeParse({ kinds: 'change,deployment' }).success).toBe(true);
    expect(query.safeParse({ kinds: 'change,nonsense' }).success).toBe(false);
  });

  it.each([
    [{}, 50],
    [{ limit: '7' }, 7],
  ])('reads the page size of %j as %d', (input, limit) => {
    expect(contract.listServices.query.parse(input).limit).toBe(limit);
  });

  it.each([{ limit: '0' }, { limit: '201' }, { limit: 'many' }])(
    'refuses %j',
    input => {
      expect(contract.listServices.query.safeParse(input).success).toBe(false);
    },
  );
});
