import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { useText } from '../translation';
import { Button } from './Button';
import { errorKind } from './errorWords';
import { Row, Stack } from './layout';
import { Note } from './Note';
import { Status } from './Status';
import { AgoText } from './TimeText';

const useStyles = makeStyles({
  // Greyed by saturation, not by opacity: text keeps its contrast.
  stale: { filter: 'grayscale(1)', minWidth: 0 },
});

interface StaleProps {
  /** Absent: what is shown is current. */
  error?: Error;
  /** Since when it could not be refreshed, epoch milliseconds. */
  since?: number;
  onRetry: () => void;
  children: ReactNode;
}

/** Keeps old content on screen, greyed, and says since when and why. */
export function Stale(props: StaleProps) {
  const classes = useStyles();
  const t = useText();
  const { error } = props;
  return (
    <Stack gap="medium">
      {error && (
        <div role="status">
          <Row>
            <Status tone="attention" word={t('kit.stale')} />
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
      <div className={error ? classes.stale : undefined}>{props.children}</div>
    </Stack>
  );
}
