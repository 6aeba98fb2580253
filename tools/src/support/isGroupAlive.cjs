const fs = require('node:fs');

/**
 * Whether a process group still holds a running process. A zombie answers
 * signal 0 too, and in a container nobody may reap it, so Linux is asked for
 * the state of each member.
 */
function isGroupAlive(pgid) {
  try {
    process.kill(-pgid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  if (process.platform !== 'linux') {
    return true;
  }
  for (const entry of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) {
      continue;
    }
    let stat;
    try {
      stat = fs.readFileSync(`/proc/${entry}/stat`, 'utf8');
    } catch {
      continue; // ended between the two calls
    }
    // The name in parentheses may hold spaces: the fields begin behind it.
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(group) === pgid && state !== 'Z' && state !== 'X') {
      return true;
    }
  }
  return false;
}

module.exports = { isGroupAlive };
