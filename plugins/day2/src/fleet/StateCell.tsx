import { memo } from 'react';
import type { FleetState } from '@day2/backstage-plugin-day2-common';
import { makeStyles } from '@material-ui/core/styles';
import { SyncDetail } from '../gitops';
import { useText } from '../translation';
import { AgoText, Hint, Note, Stack, Status, TextLink, type Tone } from '../ui';

const tones: Record<FleetState['state'], Tone> = {
  ok: 'ok',
  attention: 'attention',
  bad: 'bad',
  unknown: 'unknown',
  empty: 'neutral',
};

const useStyles = makeStyles({
  why: { borderBottom: '1px dotted currentColor', cursor: 'help' },
});

/** One of a service's five states, leading to its section where there is one. */
export const StateCell = memo(function StateOf(props: {
  state: FleetState;
  to?: string;
  /** It is that of sync, whose instant goes on its detail's sentence. */
  sync?: boolean;
}) {
  const classes = useStyles();
  const t = useText();
  const { state } = props;
  if (state.state === 'empty') {
    // Most of a young fleet is not set up: quietly, with the why at hand.
    const words = (
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      <span tabIndex={state.why ? 0 : undefined} className={classes.why}>
        {state.headline || t('fleet.notSetUp')}
      </span>
    );
    return (
      <Note>{state.why ? <Hint text={state.why}>{words}</Hint> : words}</Note>
    );
  }
  const status = (
    <Status wrap tone={tones[state.state]} word={state.headline} />
  );
  return (
    <Stack gap="small">
      <span>
        {props.to ? <TextLink to={props.to}>{status}</TextLink> : status}
      </span>
      {props.sync && <SyncDetail brief of={state} />}
      {!props.sync && (state.detail || state.at) && (
        <Note>
          {state.detail}
          {state.detail && state.at && ' · '}
          {state.at && <AgoText at={state.at} />}
        </Note>
      )}
    </Stack>
  );
});
