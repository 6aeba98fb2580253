import { makeStyles } from '@material-ui/core/styles';
import { focusRing, lineColor, mutedColor, washColor } from './tones';

/** How tables look. */
export const useTableStyles = makeStyles(theme => ({
  box: {
    overflow: 'auto',
    borderRadius: 4,
    '&:focus-visible': focusRing(theme),
  },
  table: {
    width: '100%',
    [theme.breakpoints.down('xs')]: { display: 'block' },
    '& tbody': { [theme.breakpoints.down('xs')]: { display: 'block' } },
    borderCollapse: 'collapse',
    fontSize: '0.875rem',
  },
  caption: {
    captionSide: 'top',
    textAlign: 'left',
    fontWeight: 600,
    padding: '0 0 6px',
    [theme.breakpoints.down('xs')]: { display: 'block' },
  },
  hidden: {
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
  },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    background: theme.palette.background.paper,
    color: mutedColor(theme),
    fontSize: '0.75rem',
    fontWeight: 600,
    textAlign: 'left',
    whiteSpace: 'nowrap',
    padding: '6px 10px',
    borderBottom: `1px solid ${lineColor(theme)}`,
    '&[data-numeric="true"]': { textAlign: 'right' },
    '&[data-secondary="true"]': {
      [theme.breakpoints.down('xs')]: { display: 'none' },
    },
  },
  // On a narrow screen a row is a small card: its cells stand below one
  // another, each with its column's name. Roles keep it a table to readers.
  headRow: {
    [theme.breakpoints.down('xs')]: {
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clip: 'rect(0 0 0 0)',
    },
  },
  row: {
    '&:hover': { background: washColor(theme) },
    [theme.breakpoints.down('xs')]: {
      display: 'block',
      padding: '8px 0',
      borderBottom: `1px solid ${lineColor(theme)}`,
    },
  },
  cell: {
    padding: '8px 10px',
    borderBottom: `1px solid ${lineColor(theme)}`,
    verticalAlign: 'top',
    '&[data-numeric="true"]': {
      textAlign: 'right',
      fontVariantNumeric: 'tabular-nums',
    },
    '&[data-wide="true"]': { overflowWrap: 'anywhere', width: '40%' },
    [theme.breakpoints.down('xs')]: {
      display: 'flex',
      gap: 8,
      padding: '3px 4px',
      border: 0,
      width: 'auto !important',
      textAlign: 'left !important' as 'left',
      overflowWrap: 'anywhere',
      '&:empty': { display: 'none' },
      '& > *': { minWidth: 0 },
      '&::before': {
        content: 'attr(data-label)',
        flex: '0 0 92px',
        color: mutedColor(theme),
        fontSize: '0.75rem',
      },
      '&[data-secondary="true"]': { display: 'none' },
    },
  },
}));
