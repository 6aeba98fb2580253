const { stripVTControlCharacters } = require('node:util');

const LOG_LINE =
  /^\d{4}-\d\d-\d\dT\S+Z (?<plugin>\S+) (?<level>error|warn|info|debug|http|verbose|silly) (?<text>.*)$/;

/** What every plugin says at each start, and what only says that all is well. */
const ROUTINE =
  /^(Registered scheduled task|Task worker |Created new signing key)|isAuditEvent=true/;
const DEV_SERVER =
  /^(<i> \[webpack-dev|Loading config from|Loaded config from)/;

/**
 * Sorts the lines of the portal's output: warnings, errors and what Day 2 itself
 * has to say are for the terminal, the rest (each request, other plugins' routine)
 * for the log file. Answers a function with a memory, because what belongs to a
 * line may be indented below it, as a stack trace is.
 */
function worthShowing() {
  let shown = true;
  return coloured => {
    const line = withoutColour(coloured);
    const { plugin, level, text } = LOG_LINE.exec(line)?.groups ?? {};
    if (level) {
      shown =
        level === 'error' ||
        level === 'warn' ||
        (level === 'info' && plugin === 'day2' && !ROUTINE.test(text));
    } else if (!/^\s/.test(line)) {
      shown = !DEV_SERVER.test(line);
    }
    return shown;
  };
}

function withoutColour(line) {
  return stripVTControlCharacters(line);
}

module.exports = { worthShowing, withoutColour };
