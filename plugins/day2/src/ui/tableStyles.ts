import { makeStyles, type Theme } from '@material-ui/core/styles';
import { focusRing, lineColor, mutedColor, washColor } from './tones';

/**
 * A shadow at each edge behind which there is more. The covers scroll with the
 * rows and hide it at the end; the shadows stay where the box is.
 */
function moreBelow(theme: Theme) {
  const ground = `var(--day2-ground, ${theme.palette.background.paper})`;
  const shade =
    theme.palette.type === 'dark' ? 'rgba(0,0,0,0.55)' : 'rgba(20,40,70,0.22)';
  const cover = (to: string) =>
    `linear-gradient(to ${to}, ${ground} 40%, transparent)`;
  const shadow = (to: string) =>
    `linear-gradient(to ${to}, ${shade}, transparent)`;
  return {
    background: [
      `${cover('top')} bottom / 100% 32px no-repeat local`,
      `${cover('right')} left / 32px 100% no-repeat local`,
      `${cover('left')} right / 32px 100% no-repeat local`,
      `${shadow('top')} bottom / 100% 14px no-repeat scroll`,
      `${shadow('right')} left / 14px 100% no-repeat scroll`,
      `${shadow('left')} right / 14px 100% no-repeat scroll`,
    ].join(', '),
  };
}

/** How tables look. */
export const useTableStyles = makeStyles(theme => ({
  box: {
    overflow: 'auto',
    maxHeight: 'var(--day2-most, none)',
    // On a telephone the page scrolls, not a box in it.
    '&:not([data-virtual])': {
      [theme.breakpoints.down('xs')]: { maxHeight: 'none' },
    },
    // Texts for readers alone stay in it, else they lengthen the page.
    position: 'relative',
    ...moreBelow(theme),
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
    background: `var(--day2-ground, ${theme.palette.background.paper})`,
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
      padding: '8px 0 8px 8px',
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
    '&[data-wide="true"]:nth-child(2):last-child': { width: '70%' },
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
