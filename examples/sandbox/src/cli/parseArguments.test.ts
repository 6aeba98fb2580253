import { parseArguments } from './parseArguments';

function parse(args: string[], env: Record<string, string> = {}) {
  const parsed = parseArguments({ args, env, cwd: '/somewhere' });
  if (parsed.help) {
    throw new Error('help');
  }
  return parsed.sandbox;
}

describe('parseArguments', () => {
  it('has defaults', () => {
    expect(parse([])).toEqual({
      stateDir: '/somewhere/.day2',
      port: 7010,
      live: true,
      reset: false,
    });
  });

  it('takes the environment, and the command line before it', () => {
    const env = {
      DAY2_STATE_DIR: '/state',
      DAY2_SANDBOX_PORT: '7011',
      DAY2_BACKEND_PORT: '7008',
      DAY2_SANDBOX_TOKEN: 'secret',
    };
    expect(parse([], env)).toMatchObject({
      stateDir: '/state',
      port: 7011,
      argocdToken: 'secret',
      backend: { url: 'http://localhost:7008', token: 'secret' },
    });
    expect(
      parse(['--state', 'mine', '--port', '7012'], {
        ...env,
        DAY2_BACKEND_URL: 'https://portal.example',
      }),
    ).toMatchObject({
      stateDir: '/somewhere/mine',
      port: 7012,
      backend: { url: 'https://portal.example', token: 'secret' },
    });
  });

  it('takes every option', () => {
    expect(
      parse(
        [
          '--seed=9',
          '--services=40',
          '--start=2026-01-01',
          '--end=2026-03-01T08:00:00Z',
          '--pace=20',
          '--no-live',
          '--reset',
          '--protect=tern-gitops',
        ],
        { DAY2_SANDBOX_TOKEN: 'secret' },
      ),
    ).toMatchObject({
      seed: 9,
      services: 40,
      start: Date.UTC(2026, 0, 1),
      end: Date.UTC(2026, 2, 1, 8),
      pace: 20,
      live: false,
      reset: true,
      protection: {
        repositories: ['tern-gitops'],
        user: 'day2',
        password: 'secret',
      },
    });
  });

  it('posts nowhere without a token', () => {
    expect(parse([], { DAY2_BACKEND_PORT: '7007' }).backend).toBeUndefined();
  });

  it.each([
    [['--port', 'http'], /--port takes a whole number from 1 to 65535/],
    [['--port', '70000'], /--port/],
    [['--seed', '-1'], /seed/],
    [['--seed', '1.5'], /--seed takes a whole number/],
    [['--services', '11'], /--services takes a whole number from 12 to 60/],
    [['--services', '61'], /--services/],
    [['--pace', '0'], /--pace/],
    [['--start', 'yesterday'], /--start takes a date such as/],
    [['--end', '2026-13-01'], /--end takes a date/],
    [['--protect', 'tern-gitops'], /DAY2_SANDBOX_TOKEN/],
    [['--unknown'], /--unknown[^]*Usage/],
    [['word'], /word[^]*Usage/],
    [['--port'], /--port[^]*Usage/],
  ])('says what is wrong with %j', (args, message) => {
    expect(() => parse(args)).toThrow(message);
  });

  it('gives help before anything else', () => {
    expect(
      parseArguments({ args: ['--help', '--port', 'x'], env: {}, cwd: '/' }),
    ).toEqual({ help: true });
  });

  it('runs Prometheus and Alertmanager where all three programs are named', () => {
    const programs = {
      DAY2_SANDBOX_PROMETHEUS: '/bin/prometheus',
      DAY2_SANDBOX_PROMTOOL: '/bin/promtool',
      DAY2_SANDBOX_ALERTMANAGER: '/bin/alertmanager',
    };
    const monitoringOf = (env: Record<string, string>) => {
      const parsed = parseArguments({ args: [], env, cwd: '/' });
      return parsed.help ? undefined : parsed.sandbox.monitoring;
    };
    expect(monitoringOf({ ...programs, DAY2_PROMETHEUS_PORT: '9090' })).toEqual(
      {
        programs: {
          prometheus: '/bin/prometheus',
          promtool: '/bin/promtool',
          alertmanager: '/bin/alertmanager',
        },
        prometheusPort: 9090,
        alertmanagerPort: 7012,
      },
    );
    expect(
      monitoringOf({ ...programs, DAY2_SANDBOX_PROMTOOL: '' }),
    ).toBeUndefined();
    expect(() =>
      monitoringOf({ ...programs, DAY2_ALERTMANAGER_PORT: 'x' }),
    ).toThrow('DAY2_ALERTMANAGER_PORT takes a whole number');
  });
});
