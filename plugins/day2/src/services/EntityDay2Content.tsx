import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ServicePage } from './ServicePage';

/**
 * The tab *Day 2* of an entity's page.
 *
 * @public
 */
export function EntityDay2Content() {
  const { entity } = useEntity();
  return <ServicePage serviceRef={stringifyEntityRef(entity)} />;
}
