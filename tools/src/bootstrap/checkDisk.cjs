const fs = require('node:fs');
const { Problem } = require('../support/Problem.cjs');

const GIB = 1024 ** 3;

/** Free bytes for us below a folder; undefined where Node cannot tell (< 18.15). */
function freeBytes(folder) {
  if (!fs.statfsSync) {
    return undefined;
  }
  const { bavail, bsize } = fs.statfsSync(folder);
  return bavail * bsize;
}

const ELSEWHERE =
  'Free some space, or clone to another disk, and run the same command again.';

/** Stops before something long that the disk would not hold. */
function checkDisk({
  folder,
  gib,
  free = freeBytes(folder),
  todo = ELSEWHERE,
}) {
  if (free !== undefined && free < gib * GIB) {
    throw new Problem({
      what: `Only ${(free / GIB).toFixed(
        1,
      )} GB are free in ${folder}; about ${gib} GB are needed`,
      todo,
    });
  }
}

module.exports = { checkDisk, freeBytes };
