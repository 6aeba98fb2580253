import type { FleetRow } from '@day2/backstage-plugin-day2-common';
import type { Text } from '../translation';
import type { Column } from '../ui';
import type { TermId } from '../vocabulary';
import { ServiceCell, VersionCell } from './FleetCells';
import { StateCell } from './StateCell';

/** The columns of the fleet: who, what runs, the five states. */
export function fleetColumns(options: {
  t: Text;
  word: (id: TermId, options?: { plural?: boolean }) => string;
  /** The address of a service's tab. */
  tab: (serviceRef: string) => string;
}): Column<FleetRow>[] {
  const { t, tab, word } = options;
  return [
    {
      header: word('service'),
      cell: ({ service }) => <ServiceCell service={service} />,
    },
    {
      header: t('fleet.version'),
      cell: ({ deployedAt, version }) => (
        <VersionCell version={version} deployedAt={deployedAt} />
      ),
    },
    {
      header: word('sync'),
      cell: row => (
        <StateCell
          sync
          state={row.sync}
          to={`${tab(row.service.ref)}?section=sync`}
        />
      ),
    },
    {
      header: word('objective', { plural: true }),
      cell: row => (
        <StateCell
          state={row.objectives}
          to={`${tab(row.service.ref)}?section=objectives`}
        />
      ),
    },
    {
      header: t('service.incidents'),
      cell: row => (
        <StateCell
          state={row.incidents}
          to={`${tab(row.service.ref)}?section=incidents`}
        />
      ),
    },
    {
      header: t('fleet.changes', { changes: t('change.section') }),
      cell: row => (
        <StateCell
          state={row.changes}
          to={`${tab(row.service.ref)}?section=changes`}
        />
      ),
    },
    {
      header: word('cost'),
      cell: row => <StateCell state={row.cost} />,
    },
  ];
}
