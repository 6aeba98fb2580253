import type { RunningRow } from '../database';
import { runningVersions } from './runningVersions';

function row(version: string, more: Partial<RunningRow> = {}): RunningRow {
  return {
    service_id: 's',
    environment: 'production',
    line: '',
    target: '',
    deployment_id: `id of ${version}`,
    version,
    since: 1000,
    position: 0,
    ...more,
  };
}

describe('runningVersions', () => {
  it('is nothing where nothing runs', () => {
    expect(runningVersions([])).toEqual([]);
  });

  it('names the version of each environment', () => {
    expect(
      runningVersions([
        row('v9', { environment: 'staging', since: 9000 }),
        row('v3'),
      ]),
    ).toEqual([
      {
        environment: 'production',
        version: 'v3',
        since: '1970-01-01T00:00:01.000Z',
        deploymentId: 'id of v3',
        targets: [],
      },
      expect.objectContaining({ environment: 'staging', version: 'v9' }),
    ]);
  });

  it('says of each target what runs there; the newest is the environment’s, whatever the clocks said', () => {
    const [running] = runningVersions([
      row('v1', { target: 'eu-1', since: 9000, position: 1 }),
      row('v3', { target: 'us-1', since: 3000, position: 30 }),
    ]);
    expect(running).toMatchObject({ version: 'v3', deploymentId: 'id of v3' });
    expect(running.targets).toEqual([
      { name: 'eu-1', version: 'v1', since: '1970-01-01T00:00:09.000Z' },
      { name: 'us-1', version: 'v3', since: '1970-01-01T00:00:03.000Z' },
    ]);
  });

  it('of several images on one target the newest is named', () => {
    const [running] = runningVersions([
      row('7', { target: 'eu-1', line: 'worker', position: 2 }),
      row('1', { target: 'eu-1', line: 'api', position: 1 }),
    ]);
    expect(running.targets.map(({ version }) => version)).toEqual(['7']);
  });
});
