import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const gaps = { small: 4, medium: 8, large: 16, huge: 24 } as const;

interface StackProps {
  children: ReactNode;
  gap?: keyof typeof gaps;
}

/** Things below one another. */
export function Stack(props: StackProps) {
  return (
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        gap: gaps[props.gap ?? 'large'],
        minWidth: 0,
      }}
    >
      {props.children}
    </div>
  );
}

/** Things beside one another, wrapping where there is no room. */
export function Row(
  props: StackProps & {
    align?: 'center' | 'baseline' | 'end' | 'start';
    spread?: boolean;
    /** Does not wrap, however narrow. */
    oneLine?: boolean;
  },
) {
  const align = props.align ?? 'center';
  return (
    <div
      style={{
        display: 'flex',
        flexWrap: props.oneLine ? 'nowrap' : 'wrap',
        gap: gaps[props.gap ?? 'medium'],
        alignItems:
          align === 'end' || align === 'start' ? `flex-${align}` : align,
        justifyContent: props.spread ? 'space-between' : undefined,
        minWidth: 0,
      }}
    >
      {props.children}
    </div>
  );
}

const useStyles = makeStyles({
  hidden: {
    position: 'absolute',
    width: 1,
    height: 1,
    margin: -1,
    padding: 0,
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
    whiteSpace: 'nowrap',
    border: 0,
  },
});

/** As many columns as fit, each at least `width` pixels wide. */
export function Columns(props: { children: ReactNode; width: number }) {
  return (
    <div
      style={{
        display: 'grid',
        gap: gaps.large,
        gridTemplateColumns: `repeat(auto-fit, minmax(min(${props.width}px, 100%), 1fr))`,
      }}
    >
      {props.children}
    </div>
  );
}

/** For screen readers alone. */
export function VisuallyHidden(props: { children: ReactNode }) {
  return <span className={useStyles().hidden}>{props.children}</span>;
}

/** Says politely what changed on screen. */
export function LiveRegion(props: { children: ReactNode }) {
  const classes = useStyles();
  return (
    <div className={classes.hidden} role="status" aria-live="polite">
      {props.children}
    </div>
  );
}
