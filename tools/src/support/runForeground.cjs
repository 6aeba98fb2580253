/**
 * Runs a command on our own terminal and answers its exit code. With `out` what it
 * says goes there instead.
 */
function runForeground({ supervisor, command, args, cwd, env, out }) {
  return new Promise((resolve, reject) => {
    const how = out ? 'pipe' : 'inherit';
    const child = supervisor.spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', how, how],
    });
    for (const stream of out ? [child.stdout, child.stderr] : []) {
      stream.setEncoding('utf8').on('data', text => out.write(text));
    }
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal ? 1 : code ?? 1));
  });
}

module.exports = { runForeground };
