import type { DeliveryFigure } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Icon, Note, useTone, type IconName, type Tone } from '../ui';
import { figureValue } from './figureValue';

const looks: Record<
  'better' | 'worse' | 'same',
  { tone: Tone; icon: IconName }
> = {
  better: { tone: 'ok', icon: 'ok' },
  worse: { tone: 'bad', icon: 'attention' },
  same: { tone: 'neutral', icon: 'neutral' },
};

/** Better or worse than the period before, by icon, colour and word. */
export function ChangeWord(props: { figure: DeliveryFigure }) {
  const t = useText();
  const tone = useTone();
  const { change, previous } = props.figure;
  if (!previous) {
    return null;
  }
  const before = figureValue(t, previous);
  if (!change) {
    return (
      <Note>
        {before === undefined
          ? t('delivery.wasNothing')
          : t('delivery.was', { value: before })}
      </Note>
    );
  }
  const look = looks[change.direction];
  const differs = before !== figureValue(t, props.figure.figure);
  const isNear = change.direction === 'same' && differs;
  const isKnown = differs && before !== undefined;
  return (
    <Note>
      <span
        style={{
          color: tone(look.tone),
          fontWeight: 600,
          display: 'inline-flex',
          alignItems: 'center',
          gap: 2,
          verticalAlign: 'bottom',
        }}
      >
        <Icon name={look.icon} size={14} />
        {t(
          isNear
            ? 'delivery.nearlySame'
            : `delivery.direction.${change.direction}`,
        )}
        {isKnown && ','}
      </span>
      {isKnown && (
        <>
          {' '}
          <span style={{ whiteSpace: 'nowrap' }}>
            {t('delivery.was', { value: before })}
          </span>
        </>
      )}
    </Note>
  );
}
