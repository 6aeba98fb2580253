/** Forwards a stream line by line, each with a prefix, so that two programs' logs stay apart. */
function prefixLines({ stream, prefix, write }) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', chunk => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      write(`${prefix}${line}\n`);
    }
  });
  stream.on('end', () => {
    if (rest) {
      write(`${prefix}${rest}\n`);
    }
  });
}

module.exports = { prefixLines };
