import {
  ObjectiveStateWord,
  type OperationOutput,
} from '@day2/backstage-plugin-day2-common';
import { refOptions } from '../fleet/refOptions';
import { useText } from '../translation';
import { Button, Row, SearchField, SelectField } from '../ui';
import type { ObjectivesFilter } from './objectivesFilter';

const none: ObjectivesFilter = {
  owner: undefined,
  system: undefined,
  state: undefined,
  text: undefined,
};

/** Which objectives are shown; each state says how many there are. */
export function ObjectivesFilters(props: {
  filter: ObjectivesFilter;
  facets?: OperationOutput<'listObjectives'>['facets'];
  onChange: (patch: ObjectivesFilter, options?: { replace?: boolean }) => void;
}) {
  const { facets, filter, onChange } = props;
  const t = useText();
  const all = t('objective.all');
  return (
    <Row align="end">
      <SearchField
        label={t('objective.find')}
        value={filter.text ?? ''}
        onChange={text => onChange({ text }, { replace: true })}
      />
      <SelectField
        label={t('objective.owner')}
        value={filter.owner ?? ''}
        options={refOptions({
          refs: facets?.owners,
          chosen: filter.owner,
          all,
        })}
        onChange={owner => onChange({ owner })}
      />
      <SelectField
        label={t('objective.system')}
        value={filter.system ?? ''}
        options={refOptions({
          refs: facets?.systems,
          chosen: filter.system,
          all,
        })}
        onChange={system => onChange({ system })}
      />
      <SelectField
        label={t('objective.state')}
        value={filter.state ?? ''}
        options={[
          {
            value: '',
            label: t('objective.facet', {
              name: all,
              n: String(facets?.total ?? '…'),
            }),
          },
          ...ObjectiveStateWord.options.map(state => ({
            value: state,
            label: t('objective.facet', {
              name: t(`objective.words.${state}`),
              n: String(facets?.states[state] ?? 0),
            }),
          })),
        ]}
        onChange={state =>
          onChange({ state: state as ObjectivesFilter['state'] })
        }
      />
      {Object.values(filter).some(Boolean) && (
        <Button quiet icon="close" onClick={() => onChange(none)}>
          {t('objective.clear')}
        </Button>
      )}
    </Row>
  );
}
