import type { SourceStatus } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { AgoText, Note, ProgressBar, Stack, StateChip, Status } from '../ui';
import { ails, stateLook } from './stateLook';

/** A source's state, and what there is to say of it. */
export function SourceStateText(props: { source: SourceStatus }) {
  const t = useText();
  const { error, failingSince, notices, progress, state, title } = props.source;
  // What a finished pass counted is told by the counts; a full bar says nothing.
  const reading = state === 'back-filling' || state === 'running';
  return (
    <Stack gap="small">
      <div>
        {ails(state) ? (
          <StateChip {...stateLook[state]} word={t(`source.word.${state}`)} />
        ) : (
          <Status {...stateLook[state]} word={t(`source.word.${state}`)} />
        )}
      </div>
      {failingSince && (
        <Note>
          {t('source.failingSince')} <AgoText at={failingSince} />
        </Note>
      )}
      {error && (
        <strong>
          {t(`source.code.${error.code}`)}: {error.text}
        </strong>
      )}
      {error?.fix && <span>{error.fix}</span>}
      {progress && reading && (
        <>
          <ProgressBar
            label={t('source.progress', { title })}
            done={progress.done}
            total={progress.total}
          />
          <Note>
            {progress.total === undefined
              ? t('source.doneSoFar', {
                  done: progress.done.toLocaleString(),
                  unit: progress.unit,
                })
              : t('source.doneOf', {
                  done: progress.done.toLocaleString(),
                  total: progress.total.toLocaleString(),
                  unit: progress.unit,
                })}
          </Note>
        </>
      )}
      {notices.map(notice => (
        <Note key={notice}>{notice}</Note>
      ))}
    </Stack>
  );
}
