import type { ReactNode } from 'react';
import { useText } from '../translation';
import type { FilterInAddress, ListFilter } from '../url';
import { Button } from './Button';
import { SelectField } from './fields';
import { Row } from './layout';
import { SearchField } from './SearchField';

type Options = { value: string; label: string }[];

/** What every list is filtered by, then what this one is, and a way out of it all. */
export function ListFilters<F extends ListFilter>(props: {
  of: FilterInAddress<F>;
  owners: Options;
  systems: Options;
  /** Further fields. */
  children: ReactNode;
}) {
  const { filter, filtered } = props.of;
  const t = useText();
  const onChange: FilterInAddress<ListFilter>['onChange'] = (change, options) =>
    props.of.onChange(change as Partial<F>, options);
  return (
    <Row align="end">
      <SearchField
        label={t('kit.filter.find')}
        value={filter.text ?? ''}
        onChange={text => onChange({ text }, { replace: true })}
      />
      <SelectField
        label={t('kit.filter.owner')}
        value={filter.owner ?? ''}
        options={props.owners}
        onChange={owner => onChange({ owner })}
      />
      <SelectField
        label={t('kit.filter.system')}
        value={filter.system ?? ''}
        options={props.systems}
        onChange={system => onChange({ system })}
      />
      {props.children}
      {filtered && (
        <Button
          quiet
          icon="close"
          onClick={() =>
            props.of.onChange(
              Object.fromEntries(
                Object.keys(filter).map(key => [key, undefined]),
              ) as Partial<F>,
            )
          }
        >
          {t('kit.filter.clear')}
        </Button>
      )}
    </Row>
  );
}
