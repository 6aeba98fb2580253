import type { IncidentRecord } from '@day2/backstage-plugin-day2-common';
import type { Text } from '../translation';
import { Note, Stack, TextButton, TextLink, type Column } from '../ui';
import type { OpenRecord } from '../url';
import { IncidentStateText } from './IncidentStateText';
import { LastsText } from './LastsText';
import { PriorityText } from './PriorityText';
import { ServicesText } from './ServicesText';
import { SuspectText } from './SuspectText';
import { ToolsText } from './ToolsText';

/** The columns of a list of incidents. */
export function incidentColumns(options: {
  t: Text;
  /** Address of an incident's page; absent where there is none. */
  to: (id: string) => string | undefined;
  /** Opens a record in a drawer, where there is one. */
  onOpen?: (open: OpenRecord) => void;
  /** Services are named: the list is of several. */
  services?: boolean;
}): Column<IncidentRecord>[] {
  const { onOpen, t, to } = options;
  return [
    {
      header: t('incident.incident'),
      wide: true,
      cell: row => {
        const link = to(row.id);
        return (
          <Stack gap="small">
            <span>
              <Title
                title={row.title}
                to={link}
                onClick={
                  onOpen && (() => onOpen({ kind: 'incident', id: row.id }))
                }
              />
            </span>
            {options.services ? (
              <ServicesText incident={row} />
            ) : (
              row.environments.length > 0 && (
                <Note>{row.environments.join(', ')}</Note>
              )
            )}
          </Stack>
        );
      },
    },
    {
      header: t('incident.priority'),
      cell: row => <PriorityText priority={row.priority} />,
    },
    {
      header: t('incident.state'),
      cell: row => <IncidentStateText state={row.state} />,
    },
    {
      header: t('incident.since'),
      cell: row => <LastsText incident={row} />,
    },
    {
      header: t('incident.tools'),
      cell: row => <ToolsText incident={row} />,
    },
    {
      header: t('incident.suspect'),
      cell: row => <SuspectText suspect={row.suspect} onOpen={onOpen} />,
    },
  ];
}

function Title(props: { title: string; to?: string; onClick?: () => void }) {
  const { onClick, title, to } = props;
  if (to !== undefined) {
    return <TextLink to={to}>{title}</TextLink>;
  }
  return onClick ? (
    <TextButton onClick={onClick}>{title}</TextButton>
  ) : (
    <>{title}</>
  );
}
