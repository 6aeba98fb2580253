import { lastKnownGood } from './lastKnownGood';

const hour = 3_600_000;

/** `v2@30` finished 30 hours ago; `!` failed, `-` was undone. */
function deployments(text: string) {
  return text.split(' ').map(word => {
    const match = /^(?<version>\w+)@(?<ago>\d+)(?<mark>[!-]?)$/.exec(word);
    const { version, ago, mark } = match!.groups!;
    const outcomes = { '!': 'failed', '-': 'undone', '': 'ok' } as const;
    return {
      id: word,
      version,
      finishedAt: -Number(ago) * hour,
      outcome: outcomes[mark as keyof typeof outcomes],
    };
  });
}

describe('lastKnownGood', () => {
  it.each([
    ['runs for a day', 'v1@24', 'v1@24'],
    ['is not a day old', 'v1@23', undefined],
    ['was replaced before a day had passed', 'v3@1 v2@20 v1@60', 'v1@60'],
    ['failed', 'v2@30! v1@60', 'v1@60'],
    ['was undone', 'v2@30- v1@60', 'v1@60'],
    ['was deployed twice in a row: one run', 'v1@10 v1@30', 'v1@30'],
    ['failed at the second time', 'v1@10! v1@30', undefined],
    ['came back, and is not a day old', 'v1@2 v2@5! v1@40', 'v1@40'],
    ['never ran', 'v2@1 v1@2', undefined],
  ])('that %s', (_, text, expected) => {
    expect(lastKnownGood({ deployments: deployments(text), now: 0 })?.id).toBe(
      expected,
    );
  });

  it('is nothing without deployments', () => {
    expect(lastKnownGood({ deployments: [], now: 0 })).toBeUndefined();
  });
});
