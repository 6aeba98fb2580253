const fs = require('node:fs');
const path = require('node:path');
const { checkDisk } = require('../bootstrap/checkDisk.cjs');
const { Problem } = require('../support/Problem.cjs');

/** What ours is in it, and all that `--reset` deletes. */
const FOLDERS = ['sandbox', 'portal', 'git', 'gitops'];

/** The company’s history, mirrors and databases begin with 40 MB, and grow. */
const STATE_GIB = 0.25;

/**
 * Makes the folder that everything is kept in ready: there, ours, writable and
 * with space; emptied of what is ours with `reset`. Said here, as the programs
 * that write to it could only crash. A folder that was `chosen` may be anybody's.
 */
function prepareState({ paths, chosen, reset }) {
  const { state } = paths;
  try {
    fs.mkdirSync(state, { recursive: true });
    const names = fs.readdirSync(state);
    if (
      chosen &&
      names.length > 0 &&
      !names.some(name => isMark(state, name))
    ) {
      throw new Problem({
        what: `${state} holds something else`,
        todo: 'Choose an empty folder, or one used before, with DAY2_STATE_DIR=<folder>.',
      });
    }
    for (const name of ['.', ...FOLDERS.filter(each => names.includes(each))]) {
      fs.accessSync(path.join(state, name), fs.constants.W_OK);
    }
    if (reset) {
      for (const name of FOLDERS) {
        fs.rmSync(path.join(state, name), { recursive: true, force: true });
      }
    }
  } catch (error) {
    throw explain(error, state);
  }
  checkDisk({
    folder: state,
    gib: STATE_GIB,
    todo: 'Free some space, or choose a folder on another disk with DAY2_STATE_DIR=<folder>.',
  });
}

/** Whether a file or folder tells that it was us who made the others. */
function isMark(state, name) {
  return (
    name === 'token' ||
    (name === 'sandbox' &&
      fs.existsSync(path.join(state, 'sandbox', 'world.json')))
  );
}

function explain(error, state) {
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(error.code)) {
    return error;
  }
  return new Problem({
    what: `${state} cannot be written to (${error.code})`,
    todo: 'Make it a folder that you may write to, or choose another with DAY2_STATE_DIR=<folder>.',
  });
}

module.exports = { prepareState };
