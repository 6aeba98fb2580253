const { Problem } = require('./Problem.cjs');

/**
 * Parses command-line arguments against a small description of what is known.
 * `flags` are on or off, `values` take one value, `lists` may be repeated; what
 * is not an option is collected in `rest`. node:util's parseArgs would do, but
 * its errors do not say which options there are.
 */
function parseArgs({ args, flags = [], values = [], lists = [] }) {
  const result = { rest: [] };
  for (const name of lists) {
    result[name] = [];
  }
  const known = [...flags, ...values, ...lists];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === '--') {
      result.rest.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith('--')) {
      result.rest.push(arg);
      continue;
    }
    const equals = arg.indexOf('=');
    const name = equals < 0 ? arg.slice(2) : arg.slice(2, equals);
    const inline = equals < 0 ? undefined : arg.slice(equals + 1);
    if (flags.includes(name)) {
      if (inline !== undefined) {
        throw new Problem({
          what: `--${name} takes no value`,
          todo: `Write --${name} alone.`,
        });
      }
      result[name] = true;
    } else if (values.includes(name) || lists.includes(name)) {
      const value = inline ?? args[++i];
      if (value === undefined || value === '' || value.startsWith('--')) {
        throw new Problem({
          what: `--${name} needs a value`,
          todo: `Write --${name} <value>.`,
        });
      }
      if (lists.includes(name)) {
        result[name].push(value);
      } else {
        result[name] = value;
      }
    } else {
      throw new Problem({
        what: `Unknown option --${name}`,
        todo: `Known options: ${known.map(k => `--${k}`).join(', ')}.`,
      });
    }
  }
  return result;
}

module.exports = { parseArgs };
