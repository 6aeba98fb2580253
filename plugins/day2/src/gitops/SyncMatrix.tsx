import type {
  ApplicationState,
  RunningVersion,
} from '@day2/backstage-plugin-day2-common';
import type { ReactNode } from 'react';
import { useText } from '../translation';
import {
  DataTable,
  Greyed,
  Note,
  Stack,
  TextButton,
  TextLink,
  VersionText,
  VisuallyHidden,
} from '../ui';
import { placeWords } from './placeWords';
import { StateWord } from './StateWord';
import { versionAt } from './versionAt';

interface MatrixRow {
  environment: string;
  byTarget: Map<string, ApplicationState[]>;
}

/** Environments by targets: which version runs where, and where something is not as it should be. */
export function SyncMatrix(props: {
  items: ApplicationState[];
  running: RunningVersion[];
  /** Leads to an application: on this page, or by a link elsewhere. */
  onOpen?: (id: string) => void;
  linkTo?: (id: string) => string;
}) {
  const t = useText();
  const { items, onOpen, linkTo } = props;
  const targets = [
    ...new Set(items.map(({ target }) => target ?? t('gitops.noTarget'))),
  ].sort((a, b) => a.localeCompare(b));
  const rows = new Map<string, MatrixRow>();
  for (const item of items) {
    const environment = item.environment ?? t('gitops.noEnvironment');
    const target = item.target ?? t('gitops.noTarget');
    const row = rows.get(environment) ?? { environment, byTarget: new Map() };
    row.byTarget.set(target, [...(row.byTarget.get(target) ?? []), item]);
    rows.set(environment, row);
  }
  return (
    <DataTable
      caption={t('gitops.matrix')}
      plain
      rows={[...rows.values()]}
      rowId={row => row.environment}
      columns={[
        { header: t('service.environment'), cell: row => row.environment },
        ...targets.map(target => ({
          header: target,
          cell: (row: MatrixRow) =>
            row.byTarget.has(target) ? (
              <Stack gap="small">
                {row.byTarget.get(target)!.map(item => (
                  <Greyed key={item.id} when={item.stale}>
                    <Leading
                      onOpen={onOpen && (() => onOpen(item.id))}
                      to={linkTo?.(item.id)}
                    >
                      <StateWord application={item} />
                      <VisuallyHidden>
                        {`: ${item.name}, ${placeWords(t, item)}`}
                      </VisuallyHidden>
                    </Leading>
                  </Greyed>
                ))}
                <VersionHere
                  version={versionAt(
                    props.running,
                    row.byTarget.get(target)![0],
                  )}
                />
              </Stack>
            ) : null,
        })),
      ]}
    />
  );
}

function Leading(props: {
  onOpen?: () => void;
  to?: string;
  children: ReactNode;
}) {
  const { children, onOpen, to } = props;
  if (to !== undefined) {
    return <TextLink to={to}>{children}</TextLink>;
  }
  return onOpen ? (
    <TextButton onClick={onOpen}>{children}</TextButton>
  ) : (
    <>{children}</>
  );
}

function VersionHere(props: { version?: string }) {
  return props.version === undefined ? null : (
    <Note>
      <VersionText text={props.version} />
    </Note>
  );
}
