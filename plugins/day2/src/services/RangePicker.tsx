import { useState } from 'react';
import {
  customRange,
  fromLocalInput,
  rangePresets,
  resolveRange,
  toLocalInput,
  type RangeChoice,
  type RangePreset,
} from '../time';
import { useText } from '../translation';
import { Button, InputField, Note, Row, SelectField } from '../ui';

interface RangePickerProps {
  range: RangeChoice;
  /** What the backend shows now, to start a custom range from. */
  shown?: { from: string; to: string };
  onChange: (range: RangeChoice) => void;
}

/** A rolling range, or one from and to. */
export function RangePicker(props: RangePickerProps) {
  const t = useText();
  const { range, onChange } = props;
  return (
    <>
      <SelectField
        label={t('service.range')}
        value={range.preset}
        options={[
          ...rangePresets.map(preset => ({
            value: preset,
            label: t(`service.preset.${preset}`),
          })),
          { value: 'custom', label: t('service.preset.custom') },
        ]}
        onChange={value =>
          onChange(
            value === 'custom'
              ? {
                  preset: 'custom',
                  ...(props.shown ??
                    resolveRange({ choice: range, now: Date.now() })),
                }
              : { preset: value as RangePreset },
          )
        }
      />
      {range.preset === 'custom' && (
        <CustomRange
          key={`${range.from}/${range.to}`}
          from={range.from}
          to={range.to}
          onChange={onChange}
        />
      )}
    </>
  );
}

/** From and to, in the reader's zone where none is named. */
export function CustomRange(props: {
  from: string;
  to: string;
  zone?: string;
  onChange: (range: RangeChoice) => void;
}) {
  const t = useText();
  const { zone } = props;
  const [from, setFrom] = useState(() =>
    toLocalInput({ at: props.from, zone }),
  );
  const [to, setTo] = useState(() => toLocalInput({ at: props.to, zone }));
  const chosen = customRange({
    from: fromLocalInput(from, zone) ?? '',
    to: fromLocalInput(to, zone) ?? '',
  });
  return (
    <Row align="end">
      <InputField
        label={t('service.from')}
        type="datetime-local"
        value={from}
        onChange={setFrom}
      />
      <InputField
        label={t('service.to')}
        type="datetime-local"
        value={to}
        onChange={setTo}
      />
      <Button
        disabled={!chosen}
        onClick={() => chosen && props.onChange(chosen)}
      >
        {t('service.apply')}
      </Button>
      {!chosen && <Note>{t('service.rangeInvalid')}</Note>}
    </Row>
  );
}
