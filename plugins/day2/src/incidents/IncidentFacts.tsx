import type {
  Figure,
  IncidentRecord,
} from '@day2/backstage-plugin-day2-common';
import { durationWords, formatInstant } from '../time';
import { useText } from '../translation';
import { Bullets, Facts, Row, Stack } from '../ui';
import { Reasons } from '../deployments/Reasons';
import { IncidentStateText } from './IncidentStateText';
import { LastsText } from './LastsText';
import { PriorityText } from './PriorityText';
import { ServicesText } from './ServicesText';
import { ToolsText } from './ToolsText';

/** What an incident is: how bad, since when, of what, and the times it took. */
export function IncidentFacts(props: { incident: IncidentRecord }) {
  const t = useText();
  const { incident } = props;
  const { acknowledge, detect, restore } = incident.times;
  // Of one incident: from how many it is goes without saying.
  const took = ({ reason, value }: Figure) =>
    value === undefined
      ? reason ?? t('incident.unknownTime')
      : durationWords(value * 1000);
  return (
    <Stack>
      <Row gap="large">
        <PriorityText priority={incident.priority} />
        <IncidentStateText state={incident.state} />
      </Row>
      <Facts
        items={[
          {
            name: t('incident.whyPriority'),
            value: incident.priorityReasons.length > 0 && (
              <Reasons reasons={incident.priorityReasons} />
            ),
          },
          {
            name: t('incident.services'),
            value: <ServicesText incident={incident} />,
          },
          {
            name: t('incident.since'),
            value: <LastsText incident={incident} />,
          },
          { name: t('incident.detect'), value: took(detect) },
          {
            name: t('incident.acknowledge'),
            value: took(acknowledge),
          },
          {
            name: t('incident.restore'),
            value: took(restore),
          },
          {
            name: t('incident.reopened'),
            value: incident.reopened.length > 0 && (
              <Bullets
                items={incident.reopened.map(({ reopenedAt, resolvedAt }) => ({
                  key: reopenedAt,
                  content: t('incident.reopenedAt', {
                    from: formatInstant({ at: resolvedAt }).local,
                    to: formatInstant({ at: reopenedAt }).local,
                  }),
                }))}
              />
            ),
          },
          {
            name: t('incident.tools'),
            value: <ToolsText incident={incident} />,
          },
        ]}
      />
    </Stack>
  );
}
