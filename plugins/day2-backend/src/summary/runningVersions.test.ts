import { deploymentRow } from '../__testUtils__/seed';
import { runningVersions } from './runningVersions';

const row = (
  id: string,
  finished: number,
  options: {
    environment?: string;
    rollout?: 'succeeded' | 'failed';
    targets?: Record<string, 'succeeded' | 'failed'>;
  } = {},
) =>
  deploymentRow(
    {
      id,
      service_id: 's',
      version: id,
      finished_at: finished,
      environment: options.environment ?? 'production',
      rollout: options.rollout ?? 'succeeded',
    },
    {
      targets: Object.entries(options.targets ?? {}).map(([name, rollout]) => ({
        name,
        finishedAt: finished,
        rollout,
      })),
    },
  );

describe('runningVersions', () => {
  it('takes the newest of each environment', () => {
    const running = runningVersions([
      row('v3', 3_000),
      row('v2', 2_000),
      row('v9', 1_000, { environment: 'staging' }),
    ]);
    expect(running.map(r => [r.environment, r.version])).toEqual([
      ['production', 'v3'],
      ['staging', 'v9'],
    ]);
    expect(running[0].since).toBe('1970-01-01T00:00:03.000Z');
  });

  it('leaves out roll-outs that failed', () => {
    const [running] = runningVersions([
      row('v3', 3_000, { rollout: 'failed' }),
      row('v2', 2_000),
    ]);
    expect(running.version).toBe('v2');
  });

  it('says of each target what reached it last', () => {
    const [running] = runningVersions([
      row('v3', 3_000, { targets: { 'us-1': 'succeeded' } }),
      row('v2', 2_000, { targets: { 'eu-1': 'failed', 'us-1': 'succeeded' } }),
      row('v1', 1_000, { targets: { 'eu-1': 'succeeded' } }),
    ]);
    expect(running.targets.map(t => [t.name, t.version])).toEqual([
      ['eu-1', 'v1'],
      ['us-1', 'v3'],
    ]);
  });
});
