import type { OperationOutput } from '@day2/backstage-plugin-day2-common';
import { refOptions } from '../fleet/refOptions';
import { useText } from '../translation';
import { Button, Row, SearchField, SelectField } from '../ui';
import { askedStates, type IncidentsFilter } from './incidentsFilter';

const none: IncidentsFilter = {
  owner: undefined,
  system: undefined,
  state: undefined,
  priority: undefined,
  text: undefined,
};

/** Which incidents are shown. */
export function IncidentsFilters(props: {
  filter: IncidentsFilter;
  facets?: OperationOutput<'listIncidents'>['facets'];
  onChange: (patch: IncidentsFilter, options?: { replace?: boolean }) => void;
}) {
  const { facets, filter, onChange } = props;
  const t = useText();
  const all = t('incident.all');
  return (
    <Row align="end">
      <SearchField
        label={t('incident.find')}
        value={filter.text ?? ''}
        onChange={text => onChange({ text }, { replace: true })}
      />
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
      <SelectField
        label={t('incident.owner')}
        value={filter.owner ?? ''}
        options={refOptions({
          refs: facets?.owners,
          chosen: filter.owner,
          all,
        })}
        onChange={owner => onChange({ owner })}
      />
      <SelectField
        label={t('incident.system')}
        value={filter.system ?? ''}
        options={refOptions({
          refs: facets?.systems,
          chosen: filter.system,
          all,
        })}
        onChange={system => onChange({ system })}
      />
      {Object.values(filter).some(Boolean) && (
        <Button quiet icon="close" onClick={() => onChange(none)}>
          {t('incident.clear')}
        </Button>
      )}
    </Row>
  );
}
