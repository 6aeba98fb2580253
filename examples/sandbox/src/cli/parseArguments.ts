import { resolve } from 'path';
import { parseArgs } from 'util';
import type { SandboxOptions } from '../sandbox/SandboxOptions';

/** What `--help` prints. */
export const help = `Usage: sandbox [options]

Runs Tern Outfitters, a company that does not exist: real Git repositories with
120 days of history, deployments, and what else its tools would say.

  --state DIR      where it is kept (default: $DAY2_STATE_DIR or .day2)
  --port N         port to serve on (default: $DAY2_SANDBOX_PORT or 7010)
  --seed N         another company, as reproducible (default: 1)
  --services N     12 to 60 services (default: 12)
  --start ISO      first day (default: 120 days before the end)
  --end ISO        the world stands still at that instant (default: now, and live)
  --pace SECONDS   a deployment ordered every so often while live (default: 180)
  --no-live        nothing happens while it runs
  --protect NAME   a repository that wants user day2 and $DAY2_SANDBOX_TOKEN as
                   password; may be repeated
  --reset          begin anew
  --help           print this

Environment: DAY2_BACKEND_URL (or DAY2_BACKEND_PORT) and DAY2_SANDBOX_TOKEN say
where to post the deployments of services that are not in GitOps. The token is
that of the Argo CDs too; without it theirs is "sandbox". A real Prometheus and
Alertmanager run beside it where DAY2_SANDBOX_PROMETHEUS, DAY2_SANDBOX_PROMTOOL and
DAY2_SANDBOX_ALERTMANAGER name the programs, on the ports DAY2_PROMETHEUS_PORT
(7011) and DAY2_ALERTMANAGER_PORT (7012).
`;

const flags = {
  state: { type: 'string' },
  port: { type: 'string' },
  seed: { type: 'string' },
  services: { type: 'string' },
  start: { type: 'string' },
  end: { type: 'string' },
  pace: { type: 'string' },
  protect: { type: 'string', multiple: true },
  'no-live': { type: 'boolean' },
  reset: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/**
 * Reads the command line and the environment.
 *
 * @throws Error that names the option and says what it takes.
 */
export function parseArguments(options: {
  args: string[];
  env: Record<string, string | undefined>;
  /** Default of `--state`, from which relative folders count. */
  cwd: string;
}): { help: true } | { help: false; sandbox: SandboxOptions } {
  const { args, env, cwd } = options;
  const { values } = parse(args);
  if (values.help) {
    return { help: true };
  }
  const token = env.DAY2_SANDBOX_TOKEN || undefined;
  const monitoring = monitoringOf(env);
  const backendUrl =
    env.DAY2_BACKEND_URL ||
    (env.DAY2_BACKEND_PORT && `http://localhost:${env.DAY2_BACKEND_PORT}`);
  if (values.protect && !token) {
    throw new Error(
      '--protect needs a password: set DAY2_SANDBOX_TOKEN, or leave it out.',
    );
  }
  return {
    help: false,
    sandbox: {
      stateDir: resolve(cwd, values.state ?? env.DAY2_STATE_DIR ?? '.day2'),
      port: whole({
        name: '--port',
        text: values.port ?? (env.DAY2_SANDBOX_PORT || '7010'),
        from: 1,
        to: 65535,
      }),
      seed: whole({
        name: '--seed',
        text: values.seed,
        from: 0,
        to: Number.MAX_SAFE_INTEGER,
      }),
      services: whole({
        name: '--services',
        text: values.services,
        from: 12,
        to: 60,
      }),
      start: instant('--start', values.start),
      end: instant('--end', values.end),
      pace: whole({ name: '--pace', text: values.pace, from: 4, to: 86_400 }),
      live: !values['no-live'],
      reset: values.reset ?? false,
      ...(token && { argocdToken: token }),
      ...(monitoring && { monitoring }),
      ...(backendUrl && token && { backend: { url: backendUrl, token } }),
      ...(values.protect &&
        token && {
          protection: {
            repositories: values.protect,
            user: 'day2',
            password: token,
          },
        }),
    },
  };
}

/** The real programs, where all three are named. */
function monitoringOf(
  env: Record<string, string | undefined>,
): SandboxOptions['monitoring'] {
  const {
    DAY2_SANDBOX_PROMETHEUS: prometheus,
    DAY2_SANDBOX_PROMTOOL: promtool,
    DAY2_SANDBOX_ALERTMANAGER: alertmanager,
  } = env;
  if (!prometheus || !promtool || !alertmanager) {
    return undefined;
  }
  const port = (name: string, otherwise: string) =>
    whole({ name, text: env[name] || otherwise, from: 1, to: 65535 });
  return {
    programs: { prometheus, promtool, alertmanager },
    prometheusPort: port('DAY2_PROMETHEUS_PORT', '7011'),
    alertmanagerPort: port('DAY2_ALERTMANAGER_PORT', '7012'),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: flags, allowPositionals: false });
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${help}`);
  }
}

function whole(options: {
  name: string;
  text: string | undefined;
  from: number;
  to: number;
}): number | undefined {
  const { name, text, from, to } = options;
  if (text === undefined) {
    return undefined;
  }
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= from && value <= to)) {
    throw new Error(
      `${name} takes a whole number from ${from} to ${to}, not "${text}".`,
    );
  }
  return value;
}

function instant(name: string, text: string | undefined): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const value = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(value)) {
    throw new Error(
      `${name} takes a date such as 2026-07-01 or 2026-07-01T08:00:00Z, not "${text}".`,
    );
  }
  return value;
}
