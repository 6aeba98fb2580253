import type { ObjectiveRecord } from '@day2/backstage-plugin-day2-common';
import { durationWords } from '../time';
import type { Text } from '../translation';
import {
  AgoText,
  Greyed,
  Note,
  Stack,
  TextLink,
  TimeText,
  type Column,
} from '../ui';
import { BudgetLeft } from './BudgetLeft';
import { FileText } from './FileText';
import { ObjectiveStateText } from './ObjectiveStateText';
import { attainmentWords, burnWords, targetWords } from './shareWords';

/** The columns of a list of objectives. */
export function objectiveColumns(options: {
  t: Text;
  /** Address of an objective on its service's tab. */
  to: (objective: ObjectiveRecord) => string | undefined;
  /** Address of a service's tab; absent where all are of one service. */
  serviceTo?: (serviceRef: string) => string;
}): Column<ObjectiveRecord>[] {
  const { serviceTo, t, to } = options;
  const columns: Column<ObjectiveRecord>[] = [
    {
      header: t('objective.objective'),
      wide: true,
      cell: row => {
        const words = row.displayName ?? row.name;
        const link = to(row);
        return (
          // Two links above each other: closer, the one is hit for the other.
          <Stack gap="medium">
            <span>{link ? <TextLink to={link}>{words}</TextLink> : words}</span>
            {serviceTo && (
              <Note>
                {row.services.map(({ ref, title }, index) => (
                  <span key={ref}>
                    {index > 0 && ', '}
                    <TextLink to={serviceTo(ref)}>{title}</TextLink>
                  </span>
                ))}
              </Note>
            )}
          </Stack>
        );
      },
    },
    {
      header: t('objective.state'),
      cell: row => (
        <Stack gap="small">
          <ObjectiveStateText state={row.state} />
          {row.invalid && (
            <Note>
              {row.invalid.reason}
              {row.invalid.path !== '' &&
                `, ${t('objective.invalidAt', { place: row.invalid.path })}`}
              , <FileText file={row.file} />
            </Note>
          )}
          {!row.invalid && row.why && <Note>{row.why.text}</Note>}
        </Stack>
      ),
    },
    {
      header: t('objective.left'),
      cell: row => <BudgetLeft objective={row} />,
    },
    {
      header: t('objective.attainment'),
      cell: ({ attainment, period, target }) => (
        <Stack gap="small">
          {attainment.value !== undefined && target !== undefined && (
            <span style={{ whiteSpace: 'nowrap' }}>
              {t('objective.attainedOf', {
                attained: attainmentWords({
                  attained: attainment.value,
                  target,
                }),
                target: targetWords(target),
              })}
            </span>
          )}
          {period && <Note>{durationWords(period.seconds * 1000)}</Note>}
        </Stack>
      ),
    },
    {
      header: t('objective.burnNow'),
      numeric: true,
      secondary: true,
      cell: ({ conditions: [first] }) =>
        first?.long.burn !== undefined &&
        !first.long.unknown && (
          <span style={{ whiteSpace: 'nowrap' }}>
            {t('objective.window', {
              span: durationWords(first.long.seconds * 1000),
              burn: burnWords(first.long.burn),
            })}
          </span>
        ),
    },
    {
      header: t('objective.exhausted'),
      secondary: true,
      cell: ({ exhaustedAt }) =>
        exhaustedAt !== undefined && <TimeText at={exhaustedAt} />,
    },
    {
      header: t('objective.asOf'),
      secondary: true,
      cell: ({ asOf }) => asOf !== undefined && <AgoText at={asOf} />,
    },
  ];
  // What is not current has no colour, as its panel.
  return columns.map(column => ({
    ...column,
    cell: row =>
      row.state === 'unknown' ? (
        <Greyed when>{column.cell(row)}</Greyed>
      ) : (
        column.cell(row)
      ),
  }));
}
