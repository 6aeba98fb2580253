const { Problem } = require('./Problem.cjs');

/** Prints an error: a `Problem` in words, a bug of ours with its trace. */
function report(error) {
  if (error instanceof Problem) {
    process.stderr.write(`\nError: ${error.message}\n`);
    for (const line of error.todo) {
      process.stderr.write(`  → ${line}\n`);
    }
  } else if (error?.code === 'ENOSPC') {
    process.stderr.write(
      `\nError: the disk is full (${error.message})\n  → Free some space and run the same command again.\n`,
    );
  } else {
    process.stderr.write(`\n${error?.stack ?? error}\n`);
  }
}

module.exports = { report };
