import {
  ObjectiveStateWord,
  type OperationOutput,
} from '@day2/backstage-plugin-day2-common';
import { refOptions } from '../fleet/refOptions';
import { useText } from '../translation';
import { ListFilters, SelectField } from '../ui';
import type { FilterInAddress } from '../url';
import type { ObjectivesFilter } from './objectivesFilter';

/** Which objectives are shown; each state says how many there are. */
export function ObjectivesFilters(props: {
  of: FilterInAddress<ObjectivesFilter>;
  facets?: OperationOutput<'listObjectives'>['facets'];
}) {
  const { facets, of } = props;
  const { filter, onChange } = of;
  const t = useText();
  const all = t('objective.all');
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
    </ListFilters>
  );
}
