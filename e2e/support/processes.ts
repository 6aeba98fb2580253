import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

interface ProcessRow {
  pid: number;
  parent: number;
  /** R, S, Z and so on, as ps says it. */
  state: string;
}

/** The processes below one, however deep, and whatever group they are in. */
export function descendantsOf(pid: number): number[] {
  const rows = listProcesses();
  const found: number[] = [];
  for (let parents = [pid]; parents.length > 0; ) {
    const below = rows
      .filter(({ parent }) => parents.includes(parent))
      .map(row => row.pid);
    found.push(...below);
    parents = below;
  }
  return found;
}

/** Whether a process runs. A zombie that nobody has reaped yet is dead. */
export function isAlive(pid: number): boolean {
  return listProcesses().some(row => row.pid === pid && row.state !== 'Z');
}

/** From /proc where there is one: a small Linux has no ps. */
function listProcesses(): ProcessRow[] {
  if (process.platform === 'linux') {
    return readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .flatMap(name => readStat(name));
  }
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], {
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
    .map(line => {
      const [pid, parent, state] = line.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), state: state[0] };
    });
}

function readStat(pid: string): ProcessRow[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces: the fields begin behind it.
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return [{ pid: Number(pid), parent: Number(parent), state }];
  } catch {
    return []; // ended between the two calls
  }
}
