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
    [given('change', 'neutral', 'revert'), 'back', 'revert'],
    [given('change', 'failed', 'superseded'), 'ring', 'superseded'],
  ])('%j is a %s, %s', (entry, shape, word) => {
    expect(markLook(entry)).toMatchObject({ shape, word });
  });
});
