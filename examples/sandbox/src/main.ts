import { help, parseArguments } from './cli/parseArguments';
import { createSandbox } from './sandbox/createSandbox';

/** The command `sandbox`: runs until it is told to stop. */
async function main(): Promise<number | undefined> {
  const parsed = parseArguments({
    args: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
  });
  if (parsed.help) {
    process.stdout.write(help);
    return 0;
  }
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const sandbox = await createSandbox({ ...parsed.sandbox, onProgress: say });
  say(`Tern Outfitters is at ${sandbox.url}/git/tern-gitops.git and beside it`);
  if (sandbox.monitoring) {
    const { prometheusUrl, alertmanagerUrl } = sandbox.monitoring;
    say(
      `Prometheus is at ${prometheusUrl}, Alertmanager at ${alertmanagerUrl}`,
    );
  }
  if (!parsed.sandbox.backend) {
    say(
      'DAY2_SANDBOX_TOKEN is not set, or no backend is named: no deployments are posted',
    );
  }
  await new Promise<void>(resolve => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await sandbox.stop();
  return 0;
}

main().then(
  code => process.exit(code),
  error => {
    process.stderr.write(`Error: ${(error as Error).message}\n`);
    process.exit(1);
  },
);
