import type { FleetFacets } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { ListFilters, SelectField } from '../ui';
import type { FilterInAddress } from '../url';
import { useWords } from '../vocabulary';
import { nameOf } from './nameOf';
import type { FleetFilter } from './fleetState';

/** What of the fleet is shown; each choice says how many services it has. */
export function FleetFilters(props: {
  of: FilterInAddress<FleetFilter>;
  facets?: FleetFacets;
}) {
  const { facets, of } = props;
  const { filter, onChange } = of;
  const t = useText();
  const { word } = useWords();
  const all = {
    value: '',
    label: t('fleet.all', { n: String(facets?.total ?? '…') }),
  };
  const label = (name: string, n: number) =>
    t('fleet.facet', { name, n: String(n) });
  const refs = (list: FleetFacets['owners'] = [], chosen?: string) => {
    const known = list.map(({ ref, services }) => ({
      value: ref,
      label: label(nameOf(ref), services),
    }));
    // A link may name one that nobody has, or that is not loaded yet.
    return chosen && !list.some(({ ref }) => ref === chosen)
      ? [all, { value: chosen, label: label(nameOf(chosen), 0) }, ...known]
      : [all, ...known];
  };
  const states = facets?.sync ?? [];
  return (
    <ListFilters
      of={of}
      owners={refs(facets?.owners, filter.owner)}
      systems={refs(facets?.systems, filter.system)}
    >
      <SelectField
        label={t('fleet.worst', { sync: word('sync') })}
        value={filter.sync ?? ''}
        options={[
          all,
          ...(['bad', 'attention', 'unknown', 'ok', 'empty'] as const).map(
            state => ({
              value: state,
              label: label(
                t(`fleet.state.${state}`),
                states.find(one => one.state === state)?.services ?? 0,
              ),
            }),
          ),
        ]}
        onChange={sync => onChange({ sync: sync as FleetFilter['sync'] })}
      />
    </ListFilters>
  );
}
