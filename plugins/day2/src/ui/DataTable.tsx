import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useText } from '../translation';
import { Button } from './Button';
import { LiveRegion, Row } from './layout';
import { Note } from './Note';
import { useTableStyles } from './tableStyles';
import type { Tone } from './tones';
import { useTone } from './useTone';

/** A column of a {@link DataTable}. */
export interface Column<T> {
  header: string;
  cell: (row: T) => ReactNode;
  /** Right-aligned, in figures of one width. */
  numeric?: boolean;
  /** Left out where the screen is narrow: the drawer has it too. */
  secondary?: boolean;
  /** May break within words and take the room that is left. */
  wide?: boolean;
}

interface DataTableProps<T> {
  /** What the table shows, as its caption. */
  caption: string;
  /** The caption is on screen already, as the panel's title. */
  captionHidden?: boolean;
  columns: Column<T>[];
  rows: T[];
  /** How many entries they are, where some are parts of others. */
  count?: number;
  rowId: (row: T) => string;
  /** A bar of this colour before a row that must not be overlooked. */
  rowTone?: (row: T) => Tone | undefined;
  hasMore?: boolean;
  loadingMore?: boolean;
  onMore?: () => void;
  /** A handful of rows that need no count below them. */
  plain?: boolean;
  /** Pixels before the table scrolls within itself. */
  maxHeight?: number;
}

// Below this a table is drawn whole: it is as fast, and finding text works.
const virtualFrom = 80;
const scrollFrom = 15;

/** As much as the window has beside the portal's frame, where nothing is asked for. */
function most(pixels: number | undefined): string {
  return pixels === undefined
    ? 'max(560px, calc(100vh - 280px))'
    : `${pixels}px`;
}

/* eslint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role --
   on a narrow screen the styles take the table apart, and its implicit roles with it */

/** A table that stays smooth with thousands of rows, read page by page. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { columns, rows, hasMore, loadingMore, onMore } = props;
  const count = props.count ?? rows.length;
  const classes = useTableStyles();
  const t = useText();
  const captionId = useId();
  const box = useRef<HTMLDivElement>(null);
  const virtual = rows.length >= virtualFrom;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => 41,
    overscan: 12,
    enabled: virtual,
    getItemKey: index => props.rowId(rows[index]),
  });
  const tone = useTone();
  const bar = (of?: Tone) => of && `inset 4px 0 0 ${tone(of)}`;
  const shown = virtualizer.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  const nearEnd = virtual && lastShown >= rows.length - 10;
  useEffect(() => {
    if (nearEnd && hasMore && !loadingMore) {
      onMore?.();
    }
  }, [nearEnd, hasMore, loadingMore, onMore]);

  const above = shown[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (shown.at(-1)?.end ?? 0);
  const list = virtual
    ? shown.map(item => ({ row: rows[item.index], index: item.index }))
    : rows.map((row, index) => ({ row, index }));
  return (
    <div>
      {/* It scrolls within itself, so the keyboard must reach it. */}
      {/* eslint-disable jsx-a11y/no-noninteractive-tabindex */}
      <div
        ref={box}
        className={classes.box}
        role="region"
        aria-labelledby={captionId}
        tabIndex={0}
        data-virtual={virtual || undefined}
        style={
          rows.length > scrollFrom
            ? { ['--day2-most' as string]: most(props.maxHeight) }
            : undefined
        }
      >
        {/* eslint-enable jsx-a11y/no-noninteractive-tabindex */}
        <table
          role="table"
          className={classes.table}
          aria-rowcount={rows.length + 1}
        >
          <caption
            id={captionId}
            className={props.captionHidden ? classes.hidden : classes.caption}
          >
            {props.caption}
          </caption>
          <thead role="rowgroup" className={classes.headRow}>
            <tr role="row" aria-rowindex={1}>
              {columns.map(column => (
                <th
                  key={column.header}
                  scope="col"
                  role="columnheader"
                  className={classes.head}
                  data-numeric={column.numeric}
                  data-secondary={column.secondary}
                >
                  {column.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {virtual && above > 0 && <Gap height={above} />}
            {list.map(({ row, index }) => (
              <tr
                role="row"
                key={props.rowId(row)}
                aria-rowindex={index + 2}
                data-index={index}
                ref={virtual ? virtualizer.measureElement : undefined}
                className={classes.row}
                style={{ boxShadow: bar(props.rowTone?.(row)) }}
              >
                {columns.map(column => (
                  <td
                    key={column.header}
                    role="cell"
                    className={classes.cell}
                    data-label={column.header}
                    data-numeric={column.numeric}
                    data-secondary={column.secondary}
                    data-wide={column.wide}
                  >
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
            {virtual && below > 0 && <Gap height={below} />}
          </tbody>
        </table>
      </div>
      {!props.plain && (
        <Row spread>
          <Note>
            {hasMore
              ? t('kit.rowsMore', { n: String(count) })
              : t('kit.rows', { count })}
          </Note>
          {hasMore && (
            <Button onClick={() => onMore?.()} disabled={loadingMore}>
              {loadingMore ? t('kit.loadingMore') : t('kit.more')}
            </Button>
          )}
        </Row>
      )}
      {!props.plain && <LiveRegion>{t('kit.rows', { count })}</LiveRegion>}
    </div>
  );
}

function Gap(props: { height: number }) {
  return (
    <tr aria-hidden>
      <td style={{ height: props.height, padding: 0, border: 0 }} />
    </tr>
  );
}
