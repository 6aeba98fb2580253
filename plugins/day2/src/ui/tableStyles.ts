import { makeStyles } from '@material-ui/core/styles';
import { focusRing, lineColor, mutedColor, washColor } from './tones';

/** How tables look. */
export const useTableStyles = makeStyles(theme => ({
  box: {
    overflow: 'auto',
    borderRadius: 4,
    '&:focus-visible': focusRing(theme),
  },
  table: { width: '100%', borderCollapse: 'collapse', fontSize: '0.875rem' },
  caption: {
    captionSide: 'top',
    textAlign: 'left',
    fontWeight: 600,
    padding: '0 0 6px',
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
  row: { '&:hover': { background: washColor(theme) } },
  cell: {
    padding: '8px 10px',
    borderBottom: `1px solid ${lineColor(theme)}`,
    verticalAlign: 'top',
    '&[data-numeric="true"]': {
      textAlign: 'right',
      fontVariantNumeric: 'tabular-nums',
    },
    '&[data-secondary="true"]': {
      [theme.breakpoints.down('xs')]: { display: 'none' },
    },
    '&[data-wide="true"]': { overflowWrap: 'anywhere', width: '40%' },
  },
}));
