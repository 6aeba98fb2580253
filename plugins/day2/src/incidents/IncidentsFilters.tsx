import type { OperationOutput } from '@day2/backstage-plugin-day2-common';
import { refOptions } from '../fleet/refOptions';
import { useText } from '../translation';
import { ListFilters, SelectField } from '../ui';
import type { FilterInAddress } from '../url';
import { askedStates, type IncidentsFilter } from './incidentsFilter';

/** Which incidents are shown. */
export function IncidentsFilters(props: {
  of: FilterInAddress<IncidentsFilter>;
  facets?: OperationOutput<'listIncidents'>['facets'];
}) {
  const { facets, of } = props;
  const { filter, onChange } = of;
  const t = useText();
  const all = t('incident.all');
  return (
    <ListFilters
      of={of}
      owners={refOptions({
        refs: facets?.owners,
        chosen: filter.owner,
        all,
      })}
      systems={refOptions({
        refs: facets?.systems,
        chosen: filter.system,
        all,
      })}
    >
      <SelectField
        label={t('incident.state')}
        value={filter.state ?? ''}
        options={[
          { value: '', label: all },
          {
            value: 'unresolved',
            label: t('incident.unresolved', {
              n: String(facets?.unresolved ?? '…'),
            }),
          },
          ...askedStates.map(state => ({
            value: state,
            label: t(`incident.words.${state}`),
          })),
        ]}
        onChange={state =>
          onChange({ state: state as IncidentsFilter['state'] })
        }
      />
      <SelectField
        label={t('incident.priority')}
        value={String(filter.priority ?? '')}
        options={[
          { value: '', label: all },
          ...['1', '2', '3', '4', '5'].map(priority => ({
            value: priority,
            label: t('incident.priorityOf', { priority }),
          })),
        ]}
        onChange={value =>
          onChange({ priority: value ? Number(value) : undefined })
        }
      />
    </ListFilters>
  );
}
