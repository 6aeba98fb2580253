import type { ReactNode } from 'react';
import { useText } from '../translation';
import { Button } from './Button';
import { errorKind } from './errorWords';
import { Row, Stack } from './layout';
import { Note } from './Note';
import { Greyed, StaleScope } from './StaleScope';
import { StateChip } from './StateChip';
import { AgoText } from './TimeText';

interface StaleProps {
  /** Absent: what is shown is current. */
  error?: Error;
  /** Since when it could not be refreshed, epoch milliseconds. */
  since?: number;
  onRetry: () => void;
  /** It holds panels, which grey themselves. */
  panels?: boolean;
  children: ReactNode;
}

/** Keeps old content on screen, greyed, and says since when and why. */
export function Stale(props: StaleProps) {
  const t = useText();
  const { error } = props;
  return (
    <Stack gap="medium">
      {error && (
        <div role="status">
          <Row>
            <StateChip tone="attention" icon="old" word={t('kit.stale')} />
            <Note>
              {t('kit.staleSince')}{' '}
              <AgoText at={new Date(props.since ?? Date.now()).toISOString()} />
              : {t(`kit.error.${errorKind(error)}.title`)}
            </Note>
            <Button quiet icon="refresh" onClick={props.onRetry}>
              {t('kit.retry')}
            </Button>
          </Row>
        </div>
      )}
      <StaleScope stale={error !== undefined}>
        <Greyed when={error !== undefined && !props.panels}>
          {props.children}
        </Greyed>
      </StaleScope>
    </Stack>
  );
}
