import { Git } from '../git/Git';

/** Runs one `git` given as JSON in DAY2_GIT_CHILD, in a process of its own that a test kills. */
if (process.env.DAY2_GIT_CHILD) {
  const options = JSON.parse(process.env.DAY2_GIT_CHILD) as {
    binary: string;
    configFile: string;
  };
  Git.create(options)
    .run({ args: ['version'], timeoutMs: 600_000 })
    .then(
      () => process.exit(0),
      () => process.exit(1),
    );
}
