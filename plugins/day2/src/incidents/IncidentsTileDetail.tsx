import type { Tile } from '@day2/backstage-plugin-day2-common';
import { durationWords, useNow } from '../time';
import { useText } from '../translation';
import { countWords, Note } from '../ui';

/** For how long what is open has been so, and how many there were. */
export function IncidentsTileDetail(props: {
  tile: Pick<Tile, 'at' | 'detail' | 'figures'>;
}) {
  const t = useText();
  const now = useNow();
  const { at, detail, figures } = props.tile;
  const inRange = figures.find(({ unit }) => unit === 'incidents')?.value;
  return (
    <>
      {at && (
        <Note>
          {t('incident.ongoing', {
            span: durationWords(Math.max(0, now - Date.parse(at))),
          })}
        </Note>
      )}
      {detail ? (
        <Note>{detail}</Note>
      ) : (
        inRange !== undefined && (
          <Note>
            {t('incident.inRange', {
              incidents: countWords(inRange, 'incidents'),
            })}
          </Note>
        )
      )}
    </>
  );
}
