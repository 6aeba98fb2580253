import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './freePort';

/** The ports the sandbox's Prometheus and Alertmanager are given. */
export interface MonitoringPorts {
  prometheus: number;
  alertmanager: number;
}

/** Free ports for both; nothing where `npm test` found no programs to run. */
export async function monitoringPorts(): Promise<MonitoringPorts | undefined> {
  return process.env.DAY2_TEST_PROMETHEUS &&
    process.env.DAY2_TEST_PROMTOOL &&
    process.env.DAY2_TEST_ALERTMANAGER
    ? { prometheus: await freePort(), alertmanager: await freePort() }
    : undefined;
}

/** What tells the sandbox to run them. */
export function monitoringEnv(
  ports: MonitoringPorts | undefined,
): Record<string, string> {
  const { env } = process;
  return ports
    ? {
        DAY2_SANDBOX_PROMETHEUS: env.DAY2_TEST_PROMETHEUS!,
        DAY2_SANDBOX_PROMTOOL: env.DAY2_TEST_PROMTOOL!,
        DAY2_SANDBOX_ALERTMANAGER: env.DAY2_TEST_ALERTMANAGER!,
        DAY2_PROMETHEUS_PORT: String(ports.prometheus),
        DAY2_ALERTMANAGER_PORT: String(ports.alertmanager),
      }
    : {};
}

/**
 * Writes where the portal finds them into a configuration file, which a restart
 * is given again: without the programs the portal has no such sources.
 */
export async function writeMonitoringConfig(options: {
  stateDir: string;
  ports: MonitoringPorts | undefined;
}): Promise<string> {
  const { stateDir, ports } = options;
  const at = (port: number) => ({
    name: 'tern',
    url: `http://localhost:${port}`,
    every: '5s',
  });
  const webhook = { token: '${DAY2_SANDBOX_TOKEN}' };
  const file = join(stateDir, 'monitoring.yaml');
  await writeFile(
    file,
    JSON.stringify({
      day2: {
        prometheus: { instances: ports ? [at(ports.prometheus)] : [] },
        alertmanager: {
          instances: ports ? [{ ...at(ports.alertmanager), webhook }] : [],
        },
      },
    }),
  );
  return file;
}

/** Why tests of the real Prometheus and Alertmanager are skipped; false where both are there. */
export function missingPrograms(): string | false {
  const { env } = process;
  const missing = [
    'DAY2_TEST_PROMETHEUS',
    'DAY2_TEST_PROMTOOL',
    'DAY2_TEST_ALERTMANAGER',
  ].filter(name => !env[name]);
  return missing.length > 0 && `no ${missing.join(', no ')}: nothing to run`;
}
