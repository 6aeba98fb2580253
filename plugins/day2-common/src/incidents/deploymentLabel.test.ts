import { deploymentLabel } from './deploymentLabel';

it.each([
  ['pricing', ['v1.43.0'], 'pricing v1.43.0'],
  ['pricing', ['pricing-v1.43.0'], 'pricing-v1.43.0'],
  ['Pricing', ['pricing@1.43.0'], 'pricing@1.43.0'],
  ['pricing', ['pricing/1.4', 'pricing/1.5'], 'pricing/1.4, pricing/1.5'],
  ['pricing', ['pricing-1.4', '1.5'], 'pricing pricing-1.4, 1.5'],
  // Another name, and a name without a version.
  ['price', ['pricing-v1.43.0'], 'price pricing-v1.43.0'],
  ['pricing', ['pricing'], 'pricing pricing'],
  ['pricing', [], 'pricing'],
])('of %s %p is “%s”', (service, versions, label) => {
  expect(deploymentLabel({ service, versions })).toBe(label);
});
