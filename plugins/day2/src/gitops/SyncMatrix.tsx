import type { ApplicationState } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { DataTable, Greyed, Stack, TextButton, VisuallyHidden } from '../ui';
import { placeWords } from './placeWords';
import { StateWord } from './StateWord';

interface MatrixRow {
  environment: string;
  byTarget: Map<string, ApplicationState[]>;
}

/** Environments by targets: where something is not as it should be. */
export function SyncMatrix(props: {
  items: ApplicationState[];
  onOpen: (id: string) => void;
}) {
  const t = useText();
  const { items } = props;
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
                    <TextButton onClick={() => props.onOpen(item.id)}>
                      <StateWord application={item} />
                      <VisuallyHidden>
                        {`: ${item.name}, ${placeWords(t, item)}`}
                      </VisuallyHidden>
                    </TextButton>
                  </Greyed>
                ))}
              </Stack>
            ) : null,
        })),
      ]}
    />
  );
}
