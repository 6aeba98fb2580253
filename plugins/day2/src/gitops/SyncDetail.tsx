import type { FleetState } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { AgoText, Hint, Note } from '../ui';

/** Which applications make a state what it is, and of when it is. */
export function SyncDetail(props: {
  of: Pick<FleetState, 'detail' | 'at' | 'unobserved'>;
  /** One among many of the same: why is at hand, and not written out. */
  brief?: boolean;
}) {
  const t = useText();
  const { at, detail, unobserved = [] } = props.of;
  return (
    <>
      {(detail || at) && (
        <Note>
          {detail} {at && <AgoText at={at} />}
        </Note>
      )}
      {unobserved.map(({ where, why, since }) => {
        const place = t('gitops.unknownIn', { where });
        return (
          <Note key={why}>
            {props.brief ? (
              <Hint text={why}>
                {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
                <span tabIndex={0}>{place}</span>
              </Hint>
            ) : (
              `${place}: ${why}`
            )}
            {since && (
              <>
                {', '}
                {t('kit.since')} <AgoText at={since} />
              </>
            )}
          </Note>
        );
      })}
    </>
  );
}
