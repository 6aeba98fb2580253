import { DAY_MS, readObjectives } from '@day2/backstage-plugin-day2-common';
import { exampleObjective } from './exampleObjective';
import { parseDocuments } from './files/parseDocuments';

it('is an objective as it stands', async () => {
  const file = await parseDocuments({
    file: 'slo.yaml',
    text: exampleObjective('payments-api'),
  });
  expect(
    readObjectives('documents' in file ? file.documents : []),
  ).toMatchObject({
    objectives: [
      {
        id: 'availability',
        service: 'payments-api',
        target: 0.999,
        period: { kind: 'rolling', lengthMs: 28 * DAY_MS },
        indicator: {
          counts: 'bad',
          counter: true,
          total: { query: 'sum(http_requests_total{app="payments-api"})' },
        },
      },
    ],
    invalid: [],
  });
});
