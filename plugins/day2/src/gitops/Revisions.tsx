import type { ApplicationState } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Note, Stack } from '../ui';
import { ShortRevision } from './ShortRevision';

/** What Git asks for against what was put there, of each of its origins. */
export function Revisions(props: { application: ApplicationState }) {
  const t = useText();
  const { origins, sync } = props.application;
  // Commits of others move the branch, and change nothing of it.
  const same = sync === 'synced' || sync === 'drifted';
  return (
    <Stack gap="small">
      {origins.map((origin, index) => (
        <div key={index}>
          {origin.desiredRevision === undefined ? (
            <Note>{t('gitops.askedUnknown')}</Note>
          ) : (
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
                  {same && origin.desiredRevision && (
                    <> ({t('gitops.sameAsked')})</>
                  )}
                </>
              )}
            </Note>
          )}
        </div>
      ))}
    </Stack>
  );
}
