import { toError } from '@backstage/errors';
import { useApi } from '@backstage/core-plugin-api';
import type { EffectStanding } from '@day2/backstage-plugin-day2-common';
import { useState } from 'react';
import { day2ApiRef } from '../api';
import { useText } from '../translation';
import { AgoText, Button, ErrorState, Note, Row, Stack, Status } from '../ui';

/** What is still to be told on the outside, and what could not be; nothing where there is none. */
export function EffectsNote(props: {
  effects: EffectStanding[];
  canManage: boolean;
  onDone: () => void;
}) {
  const t = useText();
  const api = useApi(day2ApiRef);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<string>();
  const [failed, setFailed] = useState<Error>();
  const left = props.effects.filter(
    ({ givenUp, waiting }) => givenUp + waiting > 0,
  );
  const retry = async (id: string) => {
    setBusy(true);
    setFailed(undefined);
    setDone(undefined);
    try {
      const answer = await api.call('controlEffect', {
        params: { id },
        body: { action: 'retry' },
      });
      setDone(answer.done);
    } catch (error) {
      setFailed(toError(error));
    }
    setBusy(false);
    props.onDone();
  };
  return (
    <Stack gap="small">
      {left.map(({ id, givenUp, lastError, waiting }) => (
        <Row key={id} gap="small">
          <Note>
            {[
              ...(waiting > 0
                ? [t('source.effect.waiting', { count: waiting, id })]
                : []),
              ...(givenUp > 0
                ? [t('source.effect.givenUp', { count: givenUp, id })]
                : []),
            ].join(' ')}
            {lastError && (
              <>
                {' '}
                {t('source.effect.error', { text: lastError.text })}{' '}
                <AgoText at={lastError.at} />
              </>
            )}
          </Note>
          {givenUp > 0 && props.canManage && (
            <Button
              disabled={busy}
              label={t('source.effect.retryOf', { id })}
              onClick={() => retry(id)}
            >
              {t('source.effect.retry')}
            </Button>
          )}
        </Row>
      ))}
      <div role="status">{done && <Status wrap tone="ok" word={done} />}</div>
      {failed && (
        <ErrorState error={failed} onRetry={() => setFailed(undefined)} />
      )}
    </Stack>
  );
}
