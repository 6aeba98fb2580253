/** What a commit's message says. The rules are in docs/git.md. */
export interface ParsedMessage {
  /** First line; of a merge commit the pull request's title where it is there. */
  title: string;
  issueKeys: string[];
  /** As the host shows it: `#12` or `!12`. */
  pullRequest?: string;
  /** SHA of the commit it undoes. */
  reverts?: string;
  coAuthors: { name: string; email: string }[];
  /** Branch that was merged, where the title says so. */
  branch?: string;
  marks: ('hotfix' | 'revert' | 'rollback' | 'emergency')[];
}

/** Names of standards that look like issue keys. */
const noIssues =
  /^(UTF|SHA|ISO|RFC|CVE|CWE|AES|RSA|MD|HTTP|TLS|SSL|EC|X|IPV|IEEE|ES|UTC|GMT|GPT|P|H|PEP|ADR|GHSA|US|EU|AP|CA|SA|ED|BASE|HMAC|PBKDF|WCAG|CP|KOI|WINDOWS|LATIN|OAUTH|ARM|AMD|INT|UINT|FLOAT)-\d+$/;

const mergeTitles: RegExp[] = [
  /^Merge pull request #(?<hash>\d+) from (?<fork>\S+)$/,
  /^Merge(?:d in)? (?:remote-tracking )?branch '(?<branch>[^']+)'/,
  /^Merged in (?<branch>\S+) \(pull request #(?<hash>\d+)\)$/,
  /^Merged PR (?<hash>\d+):/,
];

// Anybody who may push writes these: what the rules look at is bounded.
const maxMessage = 10_000;
const maxLine = 500;

/** Reads a commit's message: its first 10,000 characters, 500 of each line. */
export function parseMessage(whole: string): ParsedMessage {
  const lines = whole
    .slice(0, maxMessage)
    .split(/\r?\n/)
    .map(line => line.slice(0, maxLine));
  const message = lines.join('\n');
  const first = lines[0]?.trim() ?? '';
  let branch: string | undefined;
  let pullRequest: string | undefined;
  let isMerge = false;
  for (const pattern of mergeTitles) {
    const groups = pattern.exec(first)?.groups;
    if (groups) {
      isMerge = true;
      pullRequest = groups.hash ? `#${groups.hash}` : undefined;
      // GitHub names the fork's owner before the branch.
      branch = groups.branch ?? groups.fork?.replace(/^[^/]+\//, '');
      break;
    }
  }
  const squash = /\((?<sign>[#!])(?<number>\d+)\)\s*$/.exec(first)?.groups;
  if (!pullRequest && squash) {
    pullRequest = `${squash.sign}${squash.number}`;
  }
  const gitlab = /^See merge request \S*!(?<number>\d+)\s*$/m.exec(message);
  if (gitlab?.groups) {
    pullRequest = `!${gitlab.groups.number}`;
  }
  const body = lines.slice(1).map(line => line.trim());
  const described = body.find(
    line => line && !/^(See merge request|Co-authored-by:)/i.test(line),
  );
  const reverts =
    /This reverts (?:commit|merge request \S+ from commit) (?<sha>[0-9a-f]{7,40})\b/i.exec(
      message,
    )?.groups?.sha;
  const title = isMerge && described ? described : first;
  return {
    title: title.slice(0, 500),
    issueKeys: findIssueKeys(`${message} ${branch ?? ''}`),
    pullRequest,
    reverts,
    coAuthors: findCoAuthors(lines),
    branch,
    marks: findMarks({ titles: [first, title], branch, reverts }),
  };
}

function findIssueKeys(text: string): string[] {
  const found = text.match(/(?<![A-Za-z0-9-])[A-Z][A-Z0-9]+-[1-9]\d*(?!\w)/g);
  return [...new Set(found ?? [])]
    .filter(key => !noIssues.test(key))
    .slice(0, 50);
}

function findCoAuthors(lines: string[]): { name: string; email: string }[] {
  const trailer = 'co-authored-by:';
  const found: { name: string; email: string }[] = [];
  for (const line of lines) {
    const from = line.indexOf('<');
    const to = line.indexOf('>', from);
    if (line.toLowerCase().startsWith(trailer) && from >= 0 && to > from + 1) {
      found.push({
        name: line.slice(trailer.length, from).trim(),
        email: line.slice(from + 1, to).trim(),
      });
    }
  }
  return found.slice(0, 50);
}

function findMarks(options: {
  titles: string[];
  branch?: string;
  reverts?: string;
}): ParsedMessage['marks'] {
  const marks = new Set<ParsedMessage['marks'][number]>();
  const branch = options.branch?.toLowerCase() ?? '';
  if (/(^|\/)hot-?fix([/_-]|$)/.test(branch)) {
    marks.add('hotfix');
  }
  if (/(^|\/)emergency([/_-]|$)/.test(branch)) {
    marks.add('emergency');
  }
  if (/(^|\/)revert([/_-]|$)/.test(branch) || options.reverts) {
    marks.add('revert');
  }
  if (/(^|\/)roll-?back([/_-]|$)/.test(branch)) {
    marks.add('rollback');
  }
  for (const title of options.titles) {
    if (
      /^(\[?hot-?fix\]?(\([^)]*\))?!?:|hot-?fix\b|fix(\([^)]*\))?!:)/i.test(
        title,
      )
    ) {
      marks.add('hotfix');
    }
    if (
      /^(\[?emergency\]?(\([^)]*\))?!?:|emergency\b|\[emergency\])/i.test(title)
    ) {
      marks.add('emergency');
    }
    if (/^(revert(\([^)]*\))?!?:|revert\b)/i.test(title)) {
      marks.add('revert');
    }
    if (
      /^(roll(ing)?[- ]?back(\([^)]*\))?!?:|roll(ing|ed)?[- ]?back\b)/i.test(
        title,
      )
    ) {
      marks.add('rollback');
    }
  }
  return [...marks].sort();
}
