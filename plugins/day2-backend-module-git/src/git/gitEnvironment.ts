/** What of the portal's own environment git needs: where things are, proxies, the SSH agent. */
const inherited = [
  'PATH',
  'HOME',
  'USER',
  'TMPDIR',
  'SSH_AUTH_SOCK',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
  'GIT_SSH_COMMAND',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
  'SystemRoot',
];

/**
 * The whole environment of a call of git. Nothing else of the portal's own
 * reaches it, so that no variable (`GIT_DIR`, a tracing switch) bends it.
 */
export function gitEnvironment(options: {
  configFile: string;
  more?: Record<string, string>;
}): NodeJS.ProcessEnv {
  const env: Record<string, string> = {};
  for (const name of inherited) {
    const value = process.env[name];
    if (value !== undefined) {
      env[name] = value;
    }
  }
  return {
    GIT_SSH_COMMAND: 'ssh -o BatchMode=yes -o ConnectTimeout=20',
    ...env,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: options.configFile,
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: 'false',
    SSH_ASKPASS: 'false',
    GIT_ALLOW_PROTOCOL: 'https:http:ssh:file',
    GIT_OPTIONAL_LOCKS: '0',
    ...options.more,
  } as unknown as NodeJS.ProcessEnv;
}
