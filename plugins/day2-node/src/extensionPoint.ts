import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { Effect } from './effects';
import type { Source } from './sources';

/** Where connectors hand their sources to the hub. @public */
export interface Day2SourcesExtensionPoint {
  /**
   * @throws ConflictError when a source of that id is there already
   */
  addSource(source: Source): void;
}

/** @public */
export const day2SourcesExtensionPoint =
  createExtensionPoint<Day2SourcesExtensionPoint>({
    id: 'day2.sources',
  });

/** Where modules hand over what tells the outside. @public */
export interface Day2EffectsExtensionPoint {
  /**
   * @throws ConflictError when an effect of that id is there already
   */
  addEffect(effect: Effect): void;
}

/** @public */
export const day2EffectsExtensionPoint =
  createExtensionPoint<Day2EffectsExtensionPoint>({
    id: 'day2.effects',
  });
