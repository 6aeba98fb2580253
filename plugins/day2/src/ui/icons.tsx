import Block from '@material-ui/icons/Block';
import Check from '@material-ui/icons/CheckCircleOutline';
import Schedule from '@material-ui/icons/Schedule';
import Close from '@material-ui/icons/Close';
import ErrorOutline from '@material-ui/icons/ErrorOutline';
import Rewind from '@material-ui/icons/FastRewind';
import FileCopy from '@material-ui/icons/FileCopyOutlined';
import Help from '@material-ui/icons/HelpOutline';
import History from '@material-ui/icons/History';
import Hourglass from '@material-ui/icons/HourglassEmpty';
import Info from '@material-ui/icons/InfoOutlined';
import Launch from '@material-ui/icons/Launch';
import Pause from '@material-ui/icons/PauseCircleOutline';
import Remove from '@material-ui/icons/RemoveCircleOutline';
import Refresh from '@material-ui/icons/Refresh';
import Sync from '@material-ui/icons/Sync';
import Flame from '@material-ui/icons/Whatshot';
import Undo from '@material-ui/icons/Undo';
import Warning from '@material-ui/icons/ReportProblemOutlined';

/** The plugin's pictures by what they mean. */
export const icons = {
  ok: Check,
  bad: ErrorOutline,
  attention: Warning,
  unknown: Help,
  neutral: Remove,
  info: Info,
  blocked: Block,
  burning: Flame,
  close: Close,
  copy: FileCopy,
  day2: History,
  external: Launch,
  old: Schedule,
  paused: Pause,
  refresh: Refresh,
  reverted: Rewind,
  running: Sync,
  undone: Undo,
  waiting: Hourglass,
} as const;

export type IconName = keyof typeof icons;

/** An icon that says nothing by itself: a word stands beside it. */
export function Icon(props: { name: IconName; size?: number }) {
  const Picture = icons[props.name];
  return (
    <Picture aria-hidden style={{ fontSize: props.size ?? 18, flex: 'none' }} />
  );
}
