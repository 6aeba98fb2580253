import { useEffect, useLayoutEffect, useState, type RefObject } from 'react';

/** The width of an element in pixels, kept current; 800 before it is known. */
export function useWidth(box: RefObject<HTMLElement>): number {
  const [width, setWidth] = useState(800);
  // Before anything is drawn: else a telephone's page is 800 pixels wide at first.
  useLayoutEffect(() => {
    const known = box.current?.clientWidth ?? 0;
    if (known > 0) {
      setWidth(known);
    }
  }, [box]);
  useEffect(() => {
    const element = box.current;
    if (!element || typeof ResizeObserver === 'undefined') {
      return undefined;
    }
    const observer = new ResizeObserver(([entry]) => {
      if (entry.contentRect.width > 0) {
        setWidth(Math.floor(entry.contentRect.width));
      }
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}
