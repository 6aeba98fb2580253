import type { ObjectiveChart } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Note, Row, TimeText, useTone } from '../ui';

/** What line, bars and ground of a budget's chart are, and when downtime was planned. */
export function BudgetLegend(props: {
  downtime?: ObjectiveChart['plannedDowntime'];
}) {
  const { downtime = [] } = props;
  const t = useText();
  const tone = useTone();
  return (
    <Row gap="large">
      <Row gap="small">
        <svg width={18} height={12} aria-hidden>
          <line x2={18} y1={6} y2={6} stroke={tone('info')} strokeWidth={2} />
        </svg>
        <Note>{t('objective.chartLine')}</Note>
      </Row>
      <Row gap="small">
        <svg width={18} height={12} aria-hidden>
          <rect x={3} y={4} width={4} height={8} fill={tone('bad')} />
          <rect x={10} y={1} width={4} height={11} fill={tone('bad')} />
        </svg>
        <Note>{t('objective.chartBars')}</Note>
      </Row>
      <Row gap="small">
        <svg width={18} height={12} aria-hidden>
          <rect width={18} height={12} fill={tone('unknown')} opacity={0.25} />
        </svg>
        <Note>{t('objective.chartGap')}</Note>
      </Row>
      {downtime.length > 0 && (
        <Row gap="small">
          <svg width={18} height={12} aria-hidden>
            <rect width={18} height={12} fill={tone('info')} opacity={0.25} />
          </svg>
          <Note>
            {t('objective.chartDowntime')}:{' '}
            {downtime.map(({ from, to }, at) => (
              <span key={from}>
                {at > 0 && ', '}
                <TimeText at={from} /> – <TimeText at={to} />
              </span>
            ))}
          </Note>
        </Row>
      )}
    </Row>
  );
}
