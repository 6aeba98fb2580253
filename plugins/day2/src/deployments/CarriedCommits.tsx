import type {
  CarriedCommit,
  Deployment,
} from '@day2/backstage-plugin-day2-common';
import { PersonText } from '../persons';
import { durationWords } from '../time';
import { useText } from '../translation';
import {
  Chip,
  DataTable,
  Note,
  Row,
  Stack,
  Subsection,
  TextButton,
  TextLink,
  TimeText,
} from '../ui';
import type { OpenRecord } from '../url';

interface CarriedCommitsProps {
  deployment: Deployment;
  commits: CarriedCommit[];
  /** There are more than those given. */
  cut: boolean;
  onOpen: (open: OpenRecord) => void;
}

/** The work a deployment brought, and how long it was on its way. */
export function CarriedCommits(props: CarriedCommitsProps) {
  const t = useText();
  const { commits, cut, deployment, onOpen } = props;
  const { carried } = deployment;
  return (
    <Subsection title={t('change.carriedTitle', { n: String(carried.count) })}>
      {(!carried.complete || commits.length === 0) && (
        <Note>
          {carried.reason ??
            (carried.complete ? t('change.carriedNone') : t('change.partly'))}
        </Note>
      )}
      {commits.length > 0 && (
        <DataTable
          caption={t('change.carried')}
          captionHidden
          plain
          rows={commits}
          rowId={row => `${row.repository} ${row.sha}`}
          maxHeight={360}
          columns={[
            {
              header: t('change.commit'),
              wide: true,
              cell: row => (
                <Stack gap="small">
                  {row.changeId ? (
                    <TextButton
                      onClick={() =>
                        onOpen({ kind: 'change', id: row.changeId! })
                      }
                    >
                      {row.title}
                    </TextButton>
                  ) : (
                    <span>{row.title}</span>
                  )}
                  <Row gap="small">
                    {row.url ? (
                      <TextLink href={row.url}>{row.sha.slice(0, 8)}</TextLink>
                    ) : (
                      <Note>{row.sha.slice(0, 8)}</Note>
                    )}
                    {row.isMerge && <Chip>{t('timeline.look.merge')}</Chip>}
                    {row.issueKeys.map(key => (
                      <Chip key={key}>{key}</Chip>
                    ))}
                  </Row>
                </Stack>
              ),
            },
            {
              header: t('change.author'),
              cell: row => row.author && <PersonText person={row.author} />,
            },
            {
              header: t('change.committed'),
              secondary: true,
              cell: row => <TimeText at={row.committedAt} />,
            },
            {
              header: t('change.leadTime'),
              numeric: true,
              cell: row =>
                row.leadSeconds === undefined
                  ? row.leadReason?.text ?? t('change.notMeasured')
                  : durationWords(row.leadSeconds * 1000),
            },
          ]}
        />
      )}
      {cut && <Note>{t('change.cut', { n: String(commits.length) })}</Note>}
    </Subsection>
  );
}
