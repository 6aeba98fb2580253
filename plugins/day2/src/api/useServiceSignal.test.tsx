import { act, renderHook } from '@testing-library/react';
import { TestApiProvider } from '@backstage/test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type { ReactNode } from 'react';
import { useServiceSignal } from './useServiceSignal';

describe('useServiceSignal', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is a new word when the service has changed, some seconds gathered to one', () => {
    const heard = new Map<string, (message: any) => void>();
    const unsubscribe = jest.fn();
    const signals = {
      subscribe: (channel: string, onMessage: (message: any) => void) => {
        heard.set(channel, onMessage);
        return { unsubscribe };
      },
    };
    const { result, rerender, unmount } = renderHook(
      ({ id }: { id?: string }) => useServiceSignal(id),
      {
        initialProps: {} as { id?: string },
        wrapper: (props: { children?: ReactNode }) => (
          <TestApiProvider apis={[[signalApiRef, signals]]}>
            {props.children}
          </TestApiProvider>
        ),
      },
    );
    expect(heard.size).toBe(0);
    rerender({ id: 's1' });
    const send = heard.get('day2:service:s1')!;
    act(() => {
      send({ rev: 1 });
      send({ rev: 2 });
    });
    expect(result.current).toBeUndefined();
    act(() => {
      jest.advanceTimersByTime(2_000);
    });
    expect(result.current).toBe('2');
    rerender({ id: 's2' });
    expect(result.current).toBeUndefined();
    expect(unsubscribe).toHaveBeenCalledTimes(1);
    unmount();
    expect(unsubscribe).toHaveBeenCalledTimes(2);
  });

  it('says nothing in a portal without signals', () => {
    const { result } = renderHook(() => useServiceSignal('s1'), {
      wrapper: (props: { children?: ReactNode }) => (
        <TestApiProvider apis={[]}>{props.children}</TestApiProvider>
      ),
    });
    expect(result.current).toBeUndefined();
  });
});
