import type { SuspectRecord } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { DataTable } from '../ui';

/** What each factor adds to a suspect's score, and why. */
export function SuspectFactors(props: { factors: SuspectRecord['factors'] }) {
  const t = useText();
  if (props.factors.length === 0) {
    return null;
  }
  return (
    <DataTable
      caption={t('incident.factors')}
      plain
      rows={props.factors}
      rowId={row => row.factor}
      columns={[
        {
          header: t('incident.factorHead'),
          cell: row => t(`incident.factor.${row.factor}`),
        },
        {
          header: t('incident.logOdds'),
          numeric: true,
          cell: row =>
            row.logOdds.toLocaleString(undefined, {
              signDisplay: 'exceptZero',
              maximumFractionDigits: 2,
            }),
        },
        {
          header: t('incident.because'),
          wide: true,
          cell: row => row.reason.text,
        },
      ]}
    />
  );
}
