import { CustomRange } from '../services/RangePicker';
import { useText } from '../translation';
import { SelectField } from '../ui';
import type { QueryPatch } from '../url';
import {
  boardPresets,
  resolveBoardRange,
  writeBoardRange,
  type BoardPreset,
  type BoardRange,
} from './boardRange';

/** A rolling range, the last month, or one from and to. */
export function BoardRangePicker(props: {
  range: BoardRange;
  zone: string;
  shown?: { from: string; to: string };
  onChange: (patch: QueryPatch) => void;
}) {
  const t = useText();
  const { range, zone } = props;
  const change = (chosen: BoardRange) =>
    props.onChange(writeBoardRange(chosen));
  return (
    <>
      <SelectField
        label={t('service.range')}
        value={range.preset}
        options={[
          ...boardPresets.map(value => ({
            value,
            label:
              value === 'last-month'
                ? t('delivery.lastMonth')
                : t(`service.preset.${value}`),
          })),
          { value: 'custom', label: t('service.preset.custom') },
        ]}
        onChange={value =>
          change(
            value === 'custom'
              ? {
                  preset: 'custom',
                  ...(props.shown ??
                    resolveBoardRange({
                      choice: range,
                      now: Date.now(),
                      zone,
                    })),
                }
              : { preset: value as BoardPreset },
          )
        }
      />
      {'from' in range && (
        <CustomRange
          key={`${range.from}/${range.to}/${zone}`}
          from={range.from}
          to={range.to}
          zone={zone}
          onChange={change}
        />
      )}
    </>
  );
}
