import { Random } from '../random/Random';
import type { Delivery, ServiceSpec, TagShape } from './ServiceSpec';

const first = [
  'order',
  'returns',
  'invoice',
  'customer',
  'loyalty',
  'gift-card',
  'stock',
  'carrier',
  'review',
  'recommendation',
  'consent',
  'notification',
] as const;
const second = ['api', 'worker', 'gateway', 'export'] as const;

const teams = [
  { team: 'payments', system: 'payments', issues: 'PAY' },
  { team: 'storefront', system: 'shop', issues: 'SHOP' },
  { team: 'logistics', system: 'fulfilment', issues: 'LOG' },
] as const;

const ways: Array<{ delivery: Delivery; targets: string[] }> = [
  { delivery: 'kustomize', targets: ['eu-1', 'us-1'] },
  { delivery: 'manifest', targets: ['eu-1'] },
  { delivery: 'helm', targets: [] },
];
const shapes: TagShape[] = ['semver-sha', 'git-tag', 'short-sha', 'full-sha'];
const languages = ['typescript', 'go', 'python'] as const;

/** Further services for a larger company, at most 48, always the same ones. */
export function generatedServices(count: number): ServiceSpec[] {
  return Array.from({ length: Math.max(0, count) }, (_, i) => {
    const name = `${first[i % first.length]}-${
      second[Math.floor(i / first.length) % second.length]
    }`;
    const random = Random.create('service', name);
    const way = ways[i % ways.length];
    return {
      ...teams[i % teams.length],
      name,
      description: `Generated service number ${i + 13} of Tern Outfitters`,
      tier: random.int(2, 4),
      dependsOn: i % 4 === 0 ? ['payments-api'] : [],
      repository: name,
      language: languages[i % languages.length],
      tagShape: shapes[i % shapes.length],
      delivery: way.delivery,
      productionTargets: way.targets,
      mergesPerDay: random.int(2, 8) / 10,
      releaseChance: random.int(2, 6) / 10,
      mergeStyle: i % 2 === 0 ? 'squash' : 'merge',
      version: [random.int(0, 9), random.int(0, 30), random.int(0, 9)],
    };
  });
}
