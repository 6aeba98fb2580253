import { useTheme } from '@material-ui/core/styles';
import { toneColor, type Tone } from './tones';

/** Colours for what draws by itself, such as charts. */
export function useTone(): (tone: Tone) => string {
  const theme = useTheme();
  return tone => toneColor(theme, tone);
}
