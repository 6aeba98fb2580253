import type { ReactNode } from 'react';
import type { ObjectiveRecord } from '@day2/backstage-plugin-day2-common';
import { formatInstant } from '../time';
import { useText } from '../translation';
import {
  AsOf,
  Columns,
  Note,
  Panel,
  ProgressBar,
  Prose,
  Row,
  Stack,
  StaleScope,
  WhyEmptyNote,
} from '../ui';
import { ConditionsTable } from './ConditionsTable';
import { InvalidNote } from './InvalidNote';
import { ObjectiveFacts } from './ObjectiveFacts';
import { silent } from './objectiveLook';
import { ObjectiveStateText } from './ObjectiveStateText';

/** One objective: how it stands, and why. Grey where nothing is measured now. */
export function ObjectivePanel(props: {
  objective: ObjectiveRecord;
  /** Its chart and what spent it. */
  children?: ReactNode;
}) {
  const { objective } = props;
  const t = useText();
  const { conditions, frozen, invalid, measuredFrom, progress, why } =
    objective;
  const name = objective.displayName ?? objective.name;
  return (
    <StaleScope stale={objective.state === 'unknown'}>
      <Panel
        level={3}
        title={name}
        aside={
          <Row>
            <ObjectiveStateText state={objective.state} />
            {objective.asOf !== undefined &&
              !silent.slice(1).includes(objective.state) && (
                <AsOf at={objective.asOf} />
              )}
          </Row>
        }
      >
        {objective.description && <Prose text={objective.description} />}
        {invalid ? (
          <InvalidNote file={objective.file} invalid={invalid} />
        ) : (
          why && <WhyEmptyNote why={why} />
        )}
        {frozen && (
          <Note>
            {t('objective.wasBefore', {
              state: t(`objective.words.${frozen}`),
            })}
          </Note>
        )}
        {progress !== undefined && progress < 1 && (
          <Stack gap="small">
            <ProgressBar
              label={t('objective.fetching', { name })}
              done={progress}
              total={1}
            />
            <Note>
              {t('objective.fetchingNote', {
                from: measuredFrom
                  ? formatInstant({ at: measuredFrom }).local
                  : t('objective.notKnown'),
              })}
            </Note>
          </Stack>
        )}
        {!invalid && (
          <Columns width={300}>
            <ObjectiveFacts objective={objective} />
            {conditions.length > 0 && (
              <ConditionsTable conditions={conditions} />
            )}
          </Columns>
        )}
        {props.children}
      </Panel>
    </StaleScope>
  );
}
