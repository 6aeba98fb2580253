import type { RunningVersion } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import {
  AgoText,
  DataTable,
  Note,
  Stack,
  VersionButton,
  VersionText,
} from '../ui';

/** Which version runs where, by environment and, where they differ, by target. */
export function RunningVersions(props: {
  running: RunningVersion[];
  /** Opens a deployment's drawer; absent where there is none to open. */
  onOpen?: (deploymentId: string) => void;
}) {
  const t = useText();
  const { onOpen, running } = props;
  if (running.length === 0) {
    return <Note>{t('service.nothingRuns')}</Note>;
  }
  return (
    <DataTable
      caption={t('service.running')}
      captionHidden
      plain
      rows={running}
      rowId={row => row.environment}
      columns={[
        { header: t('service.environment'), cell: row => row.environment },
        {
          header: t('service.version'),
          wide: true,
          cell: row => (
            <Stack gap="small">
              {onOpen ? (
                <VersionButton
                  text={row.version}
                  of={row.environment}
                  onClick={() => onOpen(row.deploymentId)}
                />
              ) : (
                <VersionText text={row.version} />
              )}
              {differs(row) &&
                row.targets.map(target => (
                  <Note key={target.name}>
                    {target.name}: <VersionText text={target.version} />
                  </Note>
                ))}
              {/* In a column of its own it would be cut off in a narrow panel. */}
              <Note>
                {t('service.deployed')} <AgoText at={row.since} />
              </Note>
            </Stack>
          ),
        },
      ]}
    />
  );
}

function differs(row: RunningVersion): boolean {
  return row.targets.some(target => target.version !== row.version);
}
