const { spawn } = require('node:child_process');
const { isGroupAlive } = require('./isGroupAlive.cjs');

const GRACE_MS = 8000;
const POLL_MS = 50;

/**
 * Holds every child process we start, each leading its own process group, so
 * that nothing of them, nor of what they started, is left running when we end.
 */
class Supervisor {
  #groups = new Set();
  #stopping;

  get stopping() {
    return this.#stopping !== undefined;
  }

  /** Like child_process.spawn, but in a process group of its own. */
  spawn(command, args, options = {}) {
    if (this.#stopping) {
      throw new Error('Shutting down: nothing more is started');
    }
    const child = spawn(command, args, { ...options, detached: true });
    if (child.pid) {
      this.#groups.add(child.pid);
    }
    return child;
  }

  /** Ends one child's whole group: SIGTERM, then SIGKILL after a grace time. */
  async stop(child, { graceMs = GRACE_MS } = {}) {
    const pgid = child.pid;
    if (!pgid) {
      return;
    }
    await endGroup(pgid, graceMs);
    this.#groups.delete(pgid);
  }

  /** Ends everything; a second call waits for the first. */
  stopAll({ graceMs = GRACE_MS } = {}) {
    if (!this.#stopping) {
      this.#stopping = Promise.all(
        [...this.#groups].map(pgid => endGroup(pgid, graceMs)),
      ).then(() => this.#groups.clear());
    }
    return this.#stopping;
  }

  /** The last resort, for a second Ctrl-C: SIGKILL, without waiting. */
  killAll() {
    for (const pgid of this.#groups) {
      signalGroup(pgid, 'SIGKILL');
    }
  }
}

async function endGroup(pgid, graceMs) {
  if (!isGroupAlive(pgid)) {
    return;
  }
  signalGroup(pgid, 'SIGTERM');
  if (await groupEnds(pgid, graceMs)) {
    return;
  }
  signalGroup(pgid, 'SIGKILL');
  await groupEnds(pgid, 2000);
}

async function groupEnds(pgid, ms) {
  const until = Date.now() + ms;
  while (isGroupAlive(pgid)) {
    if (Date.now() > until) {
      return false;
    }
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
  return true;
}

function signalGroup(pgid, signal) {
  try {
    process.kill(-pgid, signal);
  } catch {
    // gone already
  }
}

module.exports = { Supervisor };
