import type { ApplicationState } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Note, Stack } from '../ui';
import { ShortRevision } from './ShortRevision';

/** What Git asks for against what was put there, of each of its origins. */
export function Revisions(props: { origins: ApplicationState['origins'] }) {
  const t = useText();
  return (
    <Stack gap="small">
      {props.origins.map((origin, index) => (
        <div key={index}>
          {origin.desiredRevision && (
            <>
              <ShortRevision
                revision={origin.desiredRevision}
                url={origin.desiredUrl}
              />{' '}
            </>
          )}
          {origin.desiredRevision === origin.syncedRevision &&
          origin.syncedRevision !== undefined ? (
            <Note>{t('gitops.same')}</Note>
          ) : (
            <Note>
              {origin.syncedRevision === undefined ? (
                t('gitops.neverSynced')
              ) : (
                <>
                  {t('gitops.synced')}{' '}
                  <ShortRevision
                    revision={origin.syncedRevision}
                    url={origin.syncedUrl}
                  />
                </>
              )}
            </Note>
          )}
        </div>
      ))}
    </Stack>
  );
}
