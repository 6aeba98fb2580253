const fs = require('node:fs');
const path = require('node:path');
const { withoutColour } = require('./worthShowing.cjs');

/** The file with everything the portal and the sandbox say, begun anew at each start. */
class StartLog {
  #stream;

  constructor({ file, onProblem = text => process.stderr.write(text) }) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    this.#stream = fs.createWriteStream(file, { mode: 0o600 });
    this.#stream.on('error', error => {
      // A full disk is no reason to end what runs.
      this.#stream = undefined;
      onProblem(
        `Warning: ${file} cannot be written to any more (${error.message})\n`,
      );
    });
  }

  write(text) {
    this.#stream?.write(withoutColour(text));
  }
}

module.exports = { StartLog };
