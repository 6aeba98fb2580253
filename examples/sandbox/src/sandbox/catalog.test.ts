import { readdirSync, readFileSync } from 'fs';
import { loadAll } from 'js-yaml';
import { join } from 'path';
import { z } from 'zod';
import { objectId } from '../pagerduty/objectId';
import { defaultServices } from '../world/defaultServices';
import { ownerOf } from '../world/ownerOf';
import { people } from '../world/people';

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
const entities = readdirSync(folder)
  .filter(name => name.endsWith('.yaml'))
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
});
