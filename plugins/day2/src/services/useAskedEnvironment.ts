import { useCallback, useState } from 'react';

/**
 * The environment that the address asks for, unless the service turns out not
 * to have it: then none is asked for, and the backend chooses.
 */
export function useAskedEnvironment(options: {
  serviceRef: string;
  environment?: string;
}) {
  const { environment, serviceRef } = options;
  const key = JSON.stringify([serviceRef, environment]);
  const [unknownKey, setUnknownKey] = useState<string>();
  const learn = useCallback(
    (known: { name: string }[] | undefined) => {
      if (
        known &&
        environment !== undefined &&
        !known.some(({ name }) => name === environment)
      ) {
        setUnknownKey(key);
      }
    },
    [environment, key],
  );
  const isUnknown = unknownKey === key;
  return {
    asked: isUnknown ? undefined : environment,
    unknown: isUnknown ? environment : undefined,
    /** Tells it which environments there are. */
    learn,
  };
}
