import { act, renderHook } from '@testing-library/react';
import { useResource } from './useResource';

function setVisible(state: 'visible' | 'hidden') {
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    get: () => state,
  });
  document.dispatchEvent(new Event('visibilitychange'));
}

async function pass(milliseconds: number) {
  await act(async () => {
    await jest.advanceTimersByTimeAsync(milliseconds);
  });
}

describe('useResource', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    setVisible('visible');
  });
  afterEach(() => jest.useRealTimers());

  const watch = (load: () => Promise<string>, key = 'a') =>
    renderHook(props => useResource({ ...props, every: 30_000 }), {
      initialProps: { key, load },
    });

  it('keeps what is there while it refreshes', async () => {
    let finish: (value: string) => void = () => {};
    const load = jest.fn(async () => 'first');
    const { result } = watch(load);
    expect(result.current.loading).toBe(true);
    await pass(0);
    expect(result.current.data).toBe('first');
    load.mockImplementation(() => new Promise(resolve => (finish = resolve)));
    await pass(30_000);
    expect(load).toHaveBeenCalledTimes(2);
    expect(result.current).toMatchObject({ data: 'first', loading: false });
    finish('second');
    await pass(0);
    expect(result.current.data).toBe('second');
  });

  it('keeps old data through a failure, says since when, and recovers', async () => {
    const load = jest.fn(async () => 'first');
    const { result } = watch(load);
    await pass(0);
    load.mockRejectedValue(new Error('down'));
    await pass(30_000);
    const since = result.current.failingSince;
    expect(since).toBeDefined();
    await pass(30_000);
    expect(result.current).toMatchObject({
      data: 'first',
      failingSince: since,
      error: expect.objectContaining({ message: 'down' }),
    });
    load.mockResolvedValue('again');
    await pass(30_000);
    expect(result.current).toMatchObject({
      data: 'again',
      error: undefined,
      failingSince: undefined,
    });
  });

  it('rests while nobody looks, and looks at once when somebody does', async () => {
    const load = jest.fn(async () => 'x');
    watch(load);
    await pass(0);
    setVisible('hidden');
    await pass(120_000);
    expect(load).toHaveBeenCalledTimes(1);
    await act(async () => setVisible('visible'));
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('never shows one thing’s answer for another', async () => {
    const answers: Record<string, (value: string) => void> = {};
    const load = (key: string) => () =>
      new Promise<string>(resolve => (answers[key] = resolve));
    const { result, rerender } = watch(load('a'), 'a');
    rerender({ key: 'b', load: load('b') });
    answers.b('of b');
    await pass(0);
    answers.a('of a, late');
    await pass(0);
    expect(result.current.data).toBe('of b');
    rerender({ key: 'c', load: load('c') });
    expect(result.current).toMatchObject({ data: undefined, loading: true });
  });
});
