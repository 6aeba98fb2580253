import type { Theme } from '@material-ui/core/styles';

/** What a colour means. Always shown with an icon or shape and a word. */
export type Tone = 'ok' | 'attention' | 'bad' | 'unknown' | 'neutral' | 'info';

// Each at least 4.5:1 on the panel and page backgrounds of its theme, held by
// tones.test.ts: the portal's own status colours are made for larger areas.
const light: Record<Tone, string> = {
  ok: '#176b34',
  attention: '#8a4b00',
  bad: '#b3201a',
  unknown: '#565a61',
  neutral: '#3d4a5c',
  info: '#1c5a9e',
};
const dark: Record<Tone, string> = {
  ok: '#86dd9b',
  attention: '#ffc56e',
  bad: '#ffb0a8',
  unknown: '#cdd0d5',
  neutral: '#c3cfdf',
  info: '#a5cfff',
};

/** Colours of both themes, for the test of their contrast. */
export const toneColors = { light, dark };

/** The colour of a tone in the portal's theme. */
export function toneColor(theme: Theme, tone: Tone): string {
  return theme.palette.type === 'dark' ? dark[tone] : light[tone];
}

/** Text of lesser weight; the theme's own secondary text is too faint on its page background. */
export function mutedColor(theme: Theme): string {
  return toneColor(theme, 'unknown');
}

/** Thin lines between things. */
export function lineColor(theme: Theme): string {
  return theme.palette.type === 'dark' ? '#63666b' : '#dcdfe3';
}

/** Edge of something one can use: at least 3:1 on the panel. */
export function controlLineColor(theme: Theme): string {
  return theme.palette.type === 'dark' ? '#a4a8ae' : '#767b83';
}

/** A wash behind something chosen or pointed at. */
export function washColor(theme: Theme): string {
  return theme.palette.type === 'dark'
    ? 'rgba(255,255,255,0.08)'
    : 'rgba(20,40,70,0.05)';
}

/** Panel of what is not current; every tone keeps its contrast on it. */
export const staleGrounds = { light: '#ebebeb', dark: '#2b2b2b' };

/** The ground under what is not current. */
export function staleColor(theme: Theme): string {
  return staleGrounds[theme.palette.type];
}

/** A faint wash of a tone, behind a text of the same tone. */
export function toneWash(theme: Theme, tone: Tone): string {
  return `${toneColor(theme, tone)}${
    theme.palette.type === 'dark' ? '1a' : '14'
  }`;
}

/** The ring around what has the keyboard's focus. */
export function focusRing(theme: Theme) {
  return {
    outline: `2px solid ${toneColor(theme, 'info')}`,
    outlineOffset: 2,
  } as const;
}
