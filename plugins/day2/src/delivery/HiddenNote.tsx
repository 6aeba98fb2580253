import { useText } from '../translation';
import { Hint, Note } from '../ui';

/** How many services are in none of the figures, since one may not see them. */
export function HiddenNote(props: { hidden: number }) {
  const t = useText();
  if (props.hidden === 0) {
    return null;
  }
  return (
    <Note>
      <Hint text={t('delivery.hiddenMeaning')}>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <span tabIndex={0}>
          {t('delivery.hidden', { count: props.hidden })}
        </span>
      </Hint>
    </Note>
  );
}
