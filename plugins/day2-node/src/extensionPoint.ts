import { createExtensionPoint } from '@backstage/backend-plugin-api';
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
