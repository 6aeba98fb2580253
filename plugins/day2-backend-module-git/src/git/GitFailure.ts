/** A call of `git` that failed, as it failed; never shown as it is. */
export class GitFailure extends Error {
  readonly reason: 'failed' | 'timeout' | 'aborted' | 'missing' | 'too-much';
  readonly stderr: string;
  readonly exitCode?: number;

  constructor(options: {
    reason: GitFailure['reason'];
    stderr: string;
    args: string[];
    exitCode?: number;
  }) {
    super(`git ${options.args[0]} ${options.reason}`);
    this.name = 'GitFailure';
    this.reason = options.reason;
    this.stderr = options.stderr;
    this.exitCode = options.exitCode;
  }
}
