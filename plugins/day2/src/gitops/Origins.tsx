import type { ApplicationState } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Facts, Note, Stack, Subsection, Term } from '../ui';
import { ShortRevision } from './ShortRevision';

/** Where an application's desired state comes from, and how far it got. */
export function Origins(props: { origins: ApplicationState['origins'] }) {
  const t = useText();
  return (
    <Subsection title={<Term id="desiredState" />}>
      {props.origins.map((origin, index) => (
        <Stack key={index} gap="small">
          <span>
            {[origin.repository, origin.path ?? origin.chart]
              .filter(Boolean)
              .join(' · ')}
          </span>
          {origin.targetRevision && (
            <Note>
              {t('gitops.follows', { revision: origin.targetRevision })}
            </Note>
          )}
          <Facts
            items={[
              {
                name: t('gitops.desiredRevision'),
                value: origin.desiredRevision && (
                  <ShortRevision
                    revision={origin.desiredRevision}
                    url={origin.desiredUrl}
                  />
                ),
              },
              {
                name: t('gitops.syncedRevision'),
                value: origin.syncedRevision ? (
                  <ShortRevision
                    revision={origin.syncedRevision}
                    url={origin.syncedUrl}
                  />
                ) : (
                  t('gitops.neverSynced')
                ),
              },
            ]}
          />
          {!origin.mirrored && <Note>{t('gitops.notMirrored')}</Note>}
        </Stack>
      ))}
    </Subsection>
  );
}
