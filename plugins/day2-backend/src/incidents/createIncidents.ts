import type { Source } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import type { createReads } from '../createReads';
import type { RouteAccessService } from '../permissions/RouteAccessService';
import type { ServiceOwnership } from '../permissions/ServiceOwnership';
import { IncidentDetails } from './IncidentDetails';
import type { IncidentDeriver } from './IncidentDeriver';
import { IncidentEditors } from './IncidentEditors';
import { IncidentReads } from './IncidentReads';
import { incidentRoutes } from './incidentRoutes';
import { incidentWriteRoutes } from './incidentWriteRoutes';
import { IncidentWrites } from './IncidentWrites';

/** What incidents are read and corrected with, and their routes. */
export function createIncidents(options: {
  database: Knex;
  reads: Pick<ReturnType<typeof createReads>, 'store' | 'visible' | 'told'>;
  access: RouteAccessService;
  ownership: ServiceOwnership;
  deriver: IncidentDeriver;
  sources: () => Source[];
  onChange: (serviceIds: Iterable<string>) => void;
  now: () => number;
}) {
  const { store, visible, told } = options.reads;
  const all = { ...options, ...told, services: store, visible };
  const incidents = IncidentReads.create(all);
  const editors = IncidentEditors.create(options);
  return {
    handlers: {
      ...incidentRoutes({
        ...all,
        incidents,
        editors,
        details: IncidentDetails.create(all),
      }),
      ...incidentWriteRoutes({
        writes: IncidentWrites.create({ ...all, incidents, editors }),
      }),
    },
  };
}
