import type { Effect } from '@day2/backstage-plugin-day2-node';
import { EffectRegistry } from './EffectRegistry';

it('an effect is added once', () => {
  const registry = EffectRegistry.create();
  const effect: Effect = { id: 'a', kinds: [], deliver: async () => {} };
  registry.addEffect(effect);
  expect(() => registry.addEffect(effect)).toThrow('add each module once');
  expect(registry.list()).toEqual([effect]);
});
