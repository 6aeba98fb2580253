import type { Scoreboard } from '@day2/backstage-plugin-day2-common';
import { formatInstant } from '../time';
import { useText } from '../translation';
import { Note } from '../ui';

/** Over which time and environments figures are, and what they stand against. */
export function BoardScope(props: {
  of: Pick<Scoreboard, 'from' | 'to' | 'zone' | 'environments'> &
    Partial<Pick<Scoreboard, 'comparedWith' | 'membership'>>;
}) {
  const t = useText();
  const { comparedWith, environments, membership, zone } = props.of;
  const words = (range: { from: string; to: string }) => ({
    from: formatInstant({ at: range.from, zone }).local,
    to: formatInstant({ at: range.to, zone }).local,
  });
  return (
    <Note>
      {t('delivery.overRange', { ...words(props.of), zone })}
      {comparedWith && `, ${t('delivery.compared', words(comparedWith))}`}.{' '}
      {environments.length > 0
        ? t('delivery.inEnvironments', { names: environments.join(', ') })
        : t('delivery.noEnvironment')}
      {membership && ` ${t(`delivery.memberMeaning.${membership}`)}`}
    </Note>
  );
}
