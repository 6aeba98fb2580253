import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { sequenceFrom } from './__testUtils__/story';
import { cellOf } from './cell';
import { deliveriesOf } from './deliveriesOf';

const path = resolve(__dirname, '../../../../docs/delivery.md');
const rows = readFileSync(path, 'utf8')
  .split('\n')
  .filter(line => /^\|[^|]+\| `V\d/.test(line))
  .map(line => line.split('|').map(part => part.trim()))
  .map(([, name, story, ...columns]) => ({
    name,
    story: story.replace(/`/g, '').split(';').join('\n'),
    columns: columns.slice(0, 5),
  }));

function hours(seconds: Int32Array): string {
  return [...seconds].map(each => each / 3600).join(', ');
}

it('the table has all the cases', () => {
  expect(rows.length).toBeGreaterThanOrEqual(45);
});

it.each(rows)('docs/delivery.md: $name', ({ story, columns }) => {
  const { counts, leadSeconds, recoverySeconds } = cellOf(
    deliveriesOf({ sequence: sequenceFrom(story) }),
  );
  expect([
    String(counts.deployments),
    `${counts.failed} / ${counts.changes}`,
    String(counts.rework),
    hours(leadSeconds),
    hours(recoverySeconds),
  ]).toEqual(columns);
});
