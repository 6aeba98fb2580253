import { parseMessage } from './parseMessage';

describe('parseMessage', () => {
  it.each([
    [
      'Merge pull request #12 from org/feature/x\n\nAdd a basket',
      { pullRequest: '#12', branch: 'feature/x', title: 'Add a basket' },
    ],
    ['Add a basket (#12)', { pullRequest: '#12', title: 'Add a basket (#12)' }],
    [
      "Merge branch 'fix-1' into 'main'\n\nFix a leak\n\nSee merge request group/proj!7",
      { pullRequest: '!7', branch: 'fix-1', title: 'Fix a leak' },
    ],
    [
      'Merged in topic (pull request #3)',
      { pullRequest: '#3', branch: 'topic' },
    ],
    ['Plain', { pullRequest: undefined, branch: undefined, title: 'Plain' }],
    ['', { title: '' }],
  ])('%j', (message, wanted) => {
    expect(parseMessage(message)).toMatchObject(wanted);
  });

  it.each([
    ['PAY-12 and SHOP2-7: done', ['PAY-12', 'SHOP2-7']],
    ['UTF-8, SHA-256, ISO-8601, CVE-2026-1 and RFC-7231', []],
    ['pay-12, xPAY-12, PAY-0, A-PAY-1x', []],
    ['PAY-12 again PAY-12', ['PAY-12']],
    ["Merge branch 'PAY-9-fix' into 'main'", ['PAY-9']],
  ])('issue keys of %j', (message, keys) => {
    expect(parseMessage(message).issueKeys).toEqual(keys);
  });

  it.each([
    ['Revert "Add x"\n\nThis reverts commit 1a2b3c4d5e6f.', ['revert']],
    ['hotfix: stop the leak', ['hotfix']],
    ['fix(cart)!: stop the leak', ['hotfix']],
    ['Merge pull request #1 from org/hotfix/leak\n\nStop it', ['hotfix']],
    ['emergency: stop the leak', ['emergency']],
    ['Rollback to 1.2.0', ['rollback']],
    ['Merge pull request #1 from org/emergency-hotfix', ['emergency']],
    ['Add prehotfix check', []],
    ['Describe the hotfix process', []],
  ])('marks of %j', (message, marks) => {
    expect(parseMessage(message).marks).toEqual(marks);
  });

  it('finds the reverted commit and co-authors', () => {
    const parsed = parseMessage(
      'Revert "x"\n\nThis reverts commit 1a2b3c4d5e6f.\n\nCo-authored-by: Bo B <bo@tern.example>\nco-authored-by: Chen <chen@tern.example>',
    );
    expect(parsed.reverts).toBe('1a2b3c4d5e6f');
    expect(parsed.coAuthors.map(({ email }) => email)).toEqual([
      'bo@tern.example',
      'chen@tern.example',
    ]);
  });
});
