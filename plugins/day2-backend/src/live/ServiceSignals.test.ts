import { mockServices } from '@backstage/backend-test-utils';
import { ServiceSignals } from './ServiceSignals';

describe('ServiceSignals', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const create = (publish: jest.Mock) =>
    ServiceSignals.create({
      signals: { publish },
      logger: mockServices.logger.mock(),
      now: () => 5_000,
    });

  it('tells of each service once a second, with no content but a growing revision', async () => {
    const publish = jest.fn(async () => {});
    const signals = create(publish);
    signals.changed(['a', 'b']);
    signals.changed(['a']);
    expect(publish).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(publish.mock.calls).toEqual([
      [
        {
          recipients: { type: 'broadcast' },
          channel: 'day2:service:a',
          message: { rev: 5_000 },
        },
      ],
      [
        {
          recipients: { type: 'broadcast' },
          channel: 'day2:service:b',
          message: { rev: 5_000 },
        },
      ],
    ]);
    signals.changed(['a']);
    await jest.advanceTimersByTimeAsync(999);
    expect(publish).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(1);
    // The clock has not moved; the revision has.
    expect(publish).toHaveBeenLastCalledWith(
      expect.objectContaining({ message: { rev: 5_001 } }),
    );
  });

  it('goes on after a signal that could not be sent, and is silent once stopped', async () => {
    const publish = jest
      .fn(async () => {})
      .mockRejectedValueOnce(new Error('no events'));
    const signals = create(publish);
    signals.changed(['a']);
    await jest.advanceTimersByTimeAsync(1_000);
    signals.changed(['a']);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(publish).toHaveBeenCalledTimes(2);
    signals.changed(['a']);
    signals.stop();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(publish).toHaveBeenCalledTimes(2);
  });
});
