import type { TimelineEntry } from '@day2/backstage-plugin-day2-common';
import { markLook } from './markLook';

type Given = Pick<TimelineEntry, 'kind' | 'status' | 'flags'>;
const given = (
  kind: Given['kind'],
  status: Given['status'],
  ...flags: Given['flags']
): Given => ({ kind, status, flags });

describe('markLook', () => {
  it.each([
    [given('deployment', 'ok'), 'disc', 'deployed'],
    [given('deployment', 'failed'), 'cross', 'failed'],
    [given('deployment', 'failed', 'hotfix'), 'cross', 'failed'],
    [given('deployment', 'ok', 'rollback'), 'back', 'rollback'],
    [given('deployment', 'ok', 'hotfix'), 'up', 'hotfix'],
    [given('deployment', 'undone'), 'ring', 'undone'],
    [given('change', 'neutral'), 'diamond', 'change'],
    [given('change', 'neutral', 'merge'), 'hollow', 'merge'],
    [given('change', 'neutral', 'configuration'), 'square', 'configuration'],
    [given('change', 'neutral', 'revert'), 'chevrons', 'revert'],
    [given('change', 'failed', 'superseded'), 'ring', 'superseded'],
    [given('incident', 'failed'), 'octagon', 'incidentOpen'],
    [given('incident', 'attention'), 'halfOctagon', 'incidentMitigated'],
    [given('incident', 'neutral'), 'hollowOctagon', 'incidentResolved'],
    [given('incident', 'ok'), 'hollowOctagon', 'incidentResolved'],
  ])('%j is a %s, %s', (entry, shape, word) => {
    expect(markLook(entry)).toMatchObject({ shape, word });
  });

  it('tells every word apart by its shape alone, but for what is not current', () => {
    const looks = [
      given('deployment', 'ok'),
      given('deployment', 'failed'),
      given('deployment', 'ok', 'rollback'),
      given('deployment', 'ok', 'hotfix'),
      given('deployment', 'undone'),
      given('change', 'neutral'),
      given('change', 'neutral', 'merge'),
      given('change', 'neutral', 'configuration'),
      given('change', 'neutral', 'revert'),
      given('incident', 'failed'),
      given('incident', 'attention'),
      given('incident', 'ok'),
    ].map(markLook);
    expect(new Set(looks.map(({ shape }) => shape)).size).toBe(looks.length);
  });
});
