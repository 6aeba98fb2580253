import { useEffect, useRef } from 'react';

/**
 * Calls `run` every `every` milliseconds while the tab is on screen, and at
 * once when it comes back after having missed a turn.
 */
export function usePolling(options: { run: () => unknown; every?: number }) {
  const { every } = options;
  const run = useRef(options.run);
  run.current = options.run;

  useEffect(() => {
    if (every === undefined) {
      return undefined;
    }
    let last = Date.now();
    const turn = () => {
      if (document.visibilityState !== 'hidden') {
        last = Date.now();
        run.current();
      }
    };
    const comeBack = () => {
      if (Date.now() - last >= every) {
        turn();
      }
    };
    const timer = setInterval(turn, every);
    document.addEventListener('visibilitychange', comeBack);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', comeBack);
    };
  }, [every]);
}
