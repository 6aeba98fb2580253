import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { readObjectives } from './readObjectives';

// This package reads no YAML: connectors do, with the reader of theirs.
const { loadAll } = createRequire(
  resolve(__dirname, '../../../day2-backend-module-git/package.json'),
)('js-yaml') as { loadAll: (text: string) => unknown[] };

const data = resolve(__dirname, '../../../../../shared/data/openslo');
const hasData = existsSync(data);
const documentsOf = (file: string, change = (text: string) => text) =>
  loadAll(change(readFileSync(join(data, file), 'utf8'))).map(
    (document, index) => ({ file, index, document }),
  );
const told = (...files: ReturnType<typeof documentsOf>[]) => {
  const { objectives, invalid, ignored } = readObjectives(files.flat());
  return {
    ids: objectives.map(({ id }) => id),
    invalid: invalid.map(
      ({ name, path, reason }) => `${name} ${path}: ${reason}`,
    ),
    ignored,
  };
};

(hasData ? describe : describe.skip)(
  'real files of OpenSLO, where they are beside the repository',
  () => {
    it('says why the SLO is not measured, and measures it with longer slices', () => {
      expect(told(documentsOf('slos.yaml'))).toEqual({
        ids: [],
        invalid: [
          expect.stringContaining(
            'web-availability [0].spec.objectives[0].timeSliceWindow: slices of 1m',
          ),
        ],
        ignored: 0,
      });
      const { objectives } = readObjectives(
        documentsOf('slos.yaml', text =>
          text.replace('timeSliceWindow: 1m', 'timeSliceWindow: 5m'),
        ),
      );
      expect(objectives).toMatchObject([
        {
          id: 'web-availability',
          service: 'web',
          displayName: 'Good',
          target: 0.995,
          budgeting: { method: 'timeslices', sliceTarget: 0.95 },
          period: {
            kind: 'calendar',
            unit: 'weeks',
            start: '2022-01-01T12:00:00',
            zone: 'America/New_York',
          },
          indicator: { counts: 'good', counter: true },
        },
      ]);
    });

    it('says of each SLI why it is not measured', () => {
      expect(told(documentsOf('slis.yaml')).invalid).toEqual([
        expect.stringMatching(
          /^search-availability .*type: metrics of Datadog/,
        ),
        expect.stringMatching(
          /^end-user-response .*type: metrics of AppDynamics/,
        ),
        expect.stringMatching(/^wifi-client-satisfaction .*ratioMetric.raw: /),
        expect.stringMatching(/^annotator-throughput .*thresholdMetric: /),
      ]);
    });

    it('takes data sources, a service only once, and leaves alerts alone', () => {
      expect(
        told(
          ...[
            'data_sources',
            'services',
            'alert_policies',
            'alert_conditions',
          ].map(name => documentsOf(`${name}.yaml`)),
        ),
      ).toEqual({
        ids: [],
        invalid: [expect.stringContaining('example-service [1].metadata.name')],
        ignored: expect.any(Number),
      });
    });
  },
);
