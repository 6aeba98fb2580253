import type { ServiceSummary } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Row, SelectField } from '../ui';
import { usePageState } from '../url';
import { WordsSwitch } from '../vocabulary';
import { RangePicker } from './RangePicker';

/** Which environment, which time, whose words. */
export function ServiceControls(props: {
  summary?: ServiceSummary;
  environment?: string;
}) {
  const { environment, summary } = props;
  const t = useText();
  const { state, change } = usePageState();
  const known = summary?.environments ?? [];
  const options = known.map(({ name, tier, hasData }) => ({
    value: name,
    label: [
      name,
      tier === 'unknown' ? t('service.tierUnknown') : undefined,
      hasData ? undefined : t('service.noDataYet'),
    ]
      .filter(Boolean)
      .join(' · '),
  }));
  // Until the service's own are known, the one that the address names.
  if (environment && !known.some(({ name }) => name === environment)) {
    options.unshift({ value: environment, label: environment });
  }
  return (
    <Row align="end" gap="large">
      <SelectField
        label={t('service.environment')}
        value={environment ?? ''}
        options={
          options.length > 0
            ? options
            : [{ value: '', label: t('service.any') }]
        }
        onChange={value => change({ environment: value || undefined })}
      />
      <RangePicker
        range={state.range}
        shown={summary && { from: summary.from, to: summary.to }}
        onChange={range => change({ range })}
      />
      <WordsSwitch />
    </Row>
  );
}
