import { useEffect, useRef } from 'react';

/** The value last seen under a key, for as long as the key stays. */
export function useKept<T>(options: { key: string; value?: T }): T | undefined {
  const { key, value } = options;
  const kept = useRef<{ key: string; value: T }>();
  useEffect(() => {
    if (value !== undefined) {
      kept.current = { key, value };
    }
  }, [key, value]);
  return kept.current?.key === key ? kept.current.value : undefined;
}
