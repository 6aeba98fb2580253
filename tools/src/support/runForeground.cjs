/** Runs a command on our own terminal and answers its exit code. */
function runForeground({ supervisor, command, args, cwd, env }) {
  return new Promise((resolve, reject) => {
    const child = supervisor.spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal ? 1 : code ?? 1));
  });
}

module.exports = { runForeground };
