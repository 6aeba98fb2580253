import { createContext, useContext, type ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const StaleContext = createContext(false);

/**
 * Says of everything within that it is not current: panels and tiles grey
 * themselves and put forward how old they are.
 */
export function StaleScope(props: { stale: boolean; children: ReactNode }) {
  const outer = useContext(StaleContext);
  return (
    <StaleContext.Provider value={outer || props.stale}>
      {props.children}
    </StaleContext.Provider>
  );
}

/** Whether what is drawn here is not current. */
export function useStale(): boolean {
  return useContext(StaleContext);
}

const useStyles = makeStyles({
  // Greyed by saturation, not by opacity: text keeps its contrast.
  greyed: { filter: 'grayscale(1)', minWidth: 0 },
});

/** Takes the colours from what is not current. */
export function Greyed(props: { when: boolean; children: ReactNode }) {
  const classes = useStyles();
  return (
    <div
      className={props.when ? classes.greyed : undefined}
      data-stale={props.when || undefined}
    >
      {props.children}
    </div>
  );
}
