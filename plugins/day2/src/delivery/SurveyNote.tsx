import type { DeliveryFigure } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Hint, Note } from '../ui';

/** Where a figure stands among the answers to DORA's survey. */
export function SurveyNote(props: { survey: DeliveryFigure['survey'] }) {
  const t = useText();
  const { survey } = props;
  if (!survey) {
    return null;
  }
  const share = `${survey.betterThanPercent.toLocaleString(undefined, {
    maximumFractionDigits: 1,
  })} %`;
  return (
    <Note>
      <Hint text={t('delivery.surveyMeaning')}>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <span tabIndex={0}>
          {t(
            survey.of === 'own-value'
              ? 'delivery.survey'
              : 'delivery.surveyMedian',
            { share },
          )}
        </span>
      </Hint>
    </Note>
  );
}
