import { readdirSync, readFileSync } from 'fs';
import { loadAll } from 'js-yaml';
import { join } from 'path';
import { z } from 'zod';
import { objectId } from '../pagerduty/objectId';
import { familiesOf } from '../monitoring/families';
import { defaultServices } from '../world/defaultServices';
import { ownerOf } from '../world/ownerOf';
import { people } from '../world/people';
import { availabilityTarget, isTimed } from '../world/signals/objectives';
import { SignalCounters } from '../world/signals/SignalCounters';
import { DAY } from '../world/time';
import { World } from '../world/World';

const Entity = z.object({
  kind: z.string(),
  metadata: z.object({
    name: z.string(),
    description: z.string().optional(),
    annotations: z.record(z.string(), z.string()),
    tags: z.array(z.string()).optional(),
  }),
  spec: z.looseObject({
    owner: z.string().optional(),
    system: z.string().optional(),
    dependsOn: z.array(z.string()).default([]),
    profile: z.object({ email: z.string().optional() }).optional(),
  }),
});

const folder = join(__dirname, '../../../catalog');
const entities = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(name => /^[^/]+\.yaml$|\/catalog-info\.yaml$/.test(name))
  .flatMap(name => loadAll(readFileSync(join(folder, name), 'utf8')))
  .map(document => Entity.parse(document));
const named = (kind: string) => entities.filter(e => e.kind === kind);

describe('examples/catalog', () => {
  it('says of each service what the world says', () => {
    const told = named('Component').map(({ metadata, spec }) => ({
      name: metadata.name,
      description: metadata.description,
      owner: spec.owner,
      system: spec.system,
      tier: metadata.annotations['day2/tier'],
      dependsOn: spec.dependsOn,
      repository: metadata.annotations['backstage.io/source-location'],
      slug: metadata.annotations['gitlab.com/project-slug'],
      folders: metadata.annotations['day2/repository-path'],
      pagerduty: metadata.annotations['pagerduty.com/service-id'],
    }));
    expect(told.sort((a, b) => a.name.localeCompare(b.name))).toEqual(
      defaultServices()
        .map(service => ({
          name: service.name,
          description: service.description,
          owner: ownerOf(service),
          system: service.system,
          tier: `${service.tier}`,
          dependsOn: service.dependsOn.map(n => `component:default/${n}`),
          repository: `url:http://localhost:7010/git/${service.repository}.git`,
          slug: `git/${service.repository}`,
          folders: service.folders?.map(f => `${f}/**`).join(', '),
          pagerduty: objectId('service', service.name),
        }))
        .sort((a, b) => a.name.localeCompare(b.name)),
    );
  });

  it('marks every entity as simulated', () => {
    for (const { metadata } of entities) {
      expect(metadata.annotations['day2/sandbox']).toBe('true');
    }
  });

  it('knows its people by the addresses they commit with', () => {
    const emails = Object.values(people).map(p => p.email);
    for (const user of named('User').filter(u => u.metadata.name !== 'eli')) {
      expect(emails).toContain(user.spec.profile?.email);
    }
  });

  it('has every owner but the one that left', () => {
    const groups = named('Group').map(g => `group:default/${g.metadata.name}`);
    const missing = [...named('Component'), ...named('System')]
      .filter(e => !groups.includes(e.spec.owner!))
      .map(e => e.metadata.name);
    expect(missing).toEqual(['currency-rates']);
  });

  describe('the SLO files', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => /^slo\/|\/openslo\.yaml$/.test(name))
      .map(name => ({
        name,
        text: readFileSync(join(folder, name), 'utf8'),
      }));
    const world = World.create({ seed: 1, start: 0, end: 2 * DAY });
    const specOf = (name: string) => world.state.service(name).spec;

    it('are named by their services, but one beside and one that has none', () => {
      const annotated = named('Component').flatMap(({ metadata }) =>
        (metadata.annotations['day2/objectives'] ?? '')
          .split(', ')
          .filter(Boolean),
      );
      const slo = files.map(({ name }) => name).filter(n => /^slo\//.test(n));
      expect(annotated.sort()).toEqual(slo.sort());
      const without = named('Component')
        .filter(({ metadata }) => !metadata.annotations['day2/objectives'])
        .map(({ metadata }) => metadata.name);
      expect(without.sort()).toEqual(['currency-rates', 'shipping-api']);
      expect(files.map(({ name }) => name)).toContain(
        'shipping-api/openslo.yaml',
      );
    });

    it('count what the services tell of themselves, by the target of the alerts', () => {
      const counters = SignalCounters.create({ world });
      counters.advanceTo(2 * DAY);
      const told = familiesOf(world)
        .flatMap(family => counters.services.flatMap(family.samples))
        .map(sample => sample.name);
      for (const { name, text } of files) {
        const queries = text.match(/query: .*/g) ?? [];
        expect(queries.length > 0).toBe(name !== 'slo/shared.yaml');
        for (const query of queries) {
          const [, metric, service] =
            /sum\((\w+)\{service="([\w-]+)",environment="production"/.exec(
              query,
            )!;
          expect(told).toContain(metric);
          expect(/bucket|count/.test(metric)).toBe(
            isTimed(specOf(service)) && /duration/.test(metric),
          );
          expect(name).toContain(service);
        }
        const target = /-availability[^]*?target: (\S+)/.exec(text)?.[1];
        const service = /service="([\w-]+)"/.exec(text)?.[1];
        const wanted = service && availabilityTarget(specOf(service));
        // Wrong on purpose: a percentage.
        const factor = service === 'warehouse-sync' ? 100 : 1;
        expect(target && Number(target) / factor).toBe(wanted);
      }
    });
  });
});
