import { useText } from '../translation';
import { ToggleField } from '../ui';
import type { QueryPatch } from '../url';

/** Whether figures stand beside those of the period before; the address holds it. */
export function CompareField(props: {
  compare: boolean;
  onChange: (patch: QueryPatch) => void;
}) {
  const t = useText();
  return (
    <ToggleField
      label={t('delivery.compare')}
      value={String(props.compare)}
      options={(['true', 'false'] as const).map(value => ({
        value,
        label: t(`delivery.compareWith.${value}`),
      }))}
      onChange={value =>
        props.onChange({ compare: value === 'true' ? undefined : 'no' })
      }
    />
  );
}
