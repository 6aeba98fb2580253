import type { OnCall } from '@day2/backstage-plugin-day2-common';
import { PersonText } from '../persons';
import { useText } from '../translation';
import { Bullets, Note, TextLink, TimeText } from '../ui';

/** Who is on call now, the first level first. */
export function OnCallList(props: { onCall: OnCall[] }) {
  const t = useText();
  const { onCall } = props;
  if (onCall.length === 0) {
    return <Note>{t('incident.nobodyOnCall')}</Note>;
  }
  return (
    <Bullets
      items={onCall.map(({ level, person, schedule, source, until, url }) => ({
        key: `${source} ${level} ${person.id} ${schedule}`,
        content: (
          <>
            <PersonText person={person} />,{' '}
            {t('incident.level', { level: String(level) })}
            {schedule && (
              <>
                {', '}
                {url ? <TextLink href={url}>{schedule}</TextLink> : schedule}
              </>
            )}
            {until && (
              <>
                , {t('incident.until')} <TimeText at={until} />
              </>
            )}
          </>
        ),
      }))}
    />
  );
}
