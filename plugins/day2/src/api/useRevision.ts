import { useEffect, useRef } from 'react';

/** Calls `run` when the revision becomes another; not for the first one. */
export function useRevision(options: { revision?: string; run: () => void }) {
  const { revision } = options;
  const run = useRef(options.run);
  run.current = options.run;
  const last = useRef(revision);
  useEffect(() => {
    if (last.current !== revision) {
      last.current = revision;
      run.current();
    }
  }, [revision]);
}
