import { useText } from '../translation';
import { Row, SelectField, ToggleField } from '../ui';
import type { QueryPatch } from '../url';
import { BoardRangePicker } from './BoardRangePicker';
import { readerZone, type BoardState } from './boardState';
import { CompareField } from './CompareField';

/** What of the organisation, over which time, where, and against what. */
export function BoardFilters(props: {
  state: BoardState;
  /** Names of those that are configured. */
  environments?: string[];
  shown?: { from: string; to: string };
  onChange: (patch: QueryPatch) => void;
}) {
  const t = useText();
  const { onChange, state } = props;
  const zones = [...new Set([readerZone(), 'UTC', state.zone])];
  return (
    <Row align="end">
      <SelectField
        label={t('delivery.groupBy')}
        value={state.grouping}
        options={(
          ['team', 'system', 'domain', 'service', 'organisation'] as const
        ).map(value => ({ value, label: t(`delivery.grouping.${value}`) }))}
        onChange={by =>
          onChange({ by: by === 'team' ? undefined : by, expand: undefined })
        }
      />
      <BoardRangePicker
        range={state.range}
        zone={state.zone}
        shown={props.shown}
        onChange={onChange}
      />
      <EnvironmentField
        value={state.environment}
        names={props.environments ?? []}
        onChange={env => onChange({ env })}
      />
      <ToggleField
        label={t('delivery.membership')}
        value={state.membership}
        options={(['then', 'now'] as const).map(value => ({
          value,
          label: t(`delivery.member.${value}`),
        }))}
        onChange={members =>
          onChange({ members: members === 'then' ? undefined : members })
        }
      />
      <CompareField compare={state.compare} onChange={onChange} />
      <SelectField
        label={t('delivery.zone')}
        value={state.zone}
        options={zones.map(zone => ({ value: zone, label: zone }))}
        onChange={zone =>
          onChange({ zone: zone === readerZone() ? undefined : zone })
        }
      />
    </Row>
  );
}

/** One environment, or all of tier production. */
function EnvironmentField(props: {
  value?: string;
  names: string[];
  onChange: (value: string | undefined) => void;
}) {
  const t = useText();
  const { names, value: chosen } = props;
  // A link may name one that is not loaded yet.
  const all = [...new Set([...names, ...(chosen ? [chosen] : [])])];
  return (
    <SelectField
      label={t('delivery.environment')}
      value={chosen ?? ''}
      options={[
        { value: '', label: t('delivery.production') },
        ...all.map(name => ({ value: name, label: name })),
      ]}
      onChange={value => props.onChange(value || undefined)}
    />
  );
}
