import { Follower } from './__testUtils__/Follower';
import { FakeAlertmanager, rawAlert } from './__testUtils__/FakeAlertmanager';

const MINUTE = 60_000;

describe('AlertmanagerSource', () => {
  let fake: FakeAlertmanager;
  let hub: Follower;

  beforeEach(async () => {
    fake = await FakeAlertmanager.start();
    fake.alerts = [rawAlert(0), rawAlert(1)];
    hub = Follower.create(fake);
  });
  afterEach(() => fake.close());

  it('says what is listed, once', async () => {
    const [said] = await hub.run();
    expect(said).toMatchObject({
      key: '0000000000000000:1795168800000',
      version: 1795168805000,
      title: 'Errors of service-0',
      environment: 'production',
      words: [{ field: 'severity', word: 'critical' }],
      detectedAt: 1795168800000,
    });
    expect('resolvedAt' in said || 'suppressed' in said).toBe(false);
    hub.now += MINUTE;
    // Sent again by Prometheus, with nothing new.
    fake.alerts[0].updatedAt = '2026-11-20T10:02:00.000Z';
    fake.alerts[0].endsAt = '2026-11-20T10:06:00.000Z';
    expect(await hub.run()).toEqual([]);
    expect(fake.requests).not.toContain('/api/v2/silences');
  });

  it('tells why it is kept quiet about, and when no longer', async () => {
    await hub.run();
    const [alert, other] = fake.alerts;
    alert.status = {
      state: 'suppressed',
      silencedBy: ['s1', 's2', 's3'],
      inhibitedBy: ['x'],
    };
    other.status = {
      state: 'suppressed',
      silencedBy: [],
      inhibitedBy: [alert.fingerprint],
    };
    fake.silences = [
      { id: 's1', comment: 'short', endsAt: '2026-11-20T13:00:00.000Z' },
      {
        id: 's2',
        comment: 'Known: TERN-7',
        endsAt: '2026-11-20T18:00:00.000Z',
      },
      { id: 'odd' },
    ];
    hub.now += MINUTE;
    expect(await hub.run()).toMatchObject([
      {
        version: 1795168805001,
        suppressed: {
          by: 'silence',
          until: Date.parse('2026-11-20T18:00:00Z'),
          text: 'Known: TERN-7',
        },
      },
      { suppressed: { by: 'inhibition' } },
    ]);
    alert.status = { state: 'active', silencedBy: [], inhibitedBy: [] };
    hub.now += MINUTE;
    const [said] = await hub.run();
    expect([said.version, said.suppressed]).toEqual([1795168805002, undefined]);
  });

  it('other settings have all said anew', async () => {
    await hub.run();
    const labels = ['alertname'];
    const environments = [
      { labels: { service: '^(?<what>.*)-0$' }, environment: 'of {{what}}' },
    ];
    hub.now += MINUTE;
    const said = await hub.run({ labels, environments });
    expect(said.map(({ environment }) => environment)).toEqual([
      'of service',
      'production',
    ]);
    expect(said[0].subject.traits.labels?.service).toBe('HighErrorRate');
    expect(await hub.run({ labels, environments })).toEqual([]);
    expect(await hub.run({ labels, environments }, true)).toHaveLength(2);
  });

  it('copies of one that runs several times are about the same', async () => {
    const copy = rawAlert(2);
    fake.alerts = [
      { ...copy, labels: { ...copy.labels, pod: 'a' } },
      { ...copy, fingerprint: 'f', labels: { ...copy.labels, pod: 'b' } },
      { ...copy, fingerprint: 'e', labels: { ...copy.labels, service: 'x' } },
    ];
    const keys = (await hub.run()).map(({ subject }) => subject.key);
    expect(new Set(keys).size).toBe(2);
    expect(keys[0]).toBe(keys[1]);
  });

  it('takes of addresses and texts what is safe to show', async () => {
    const [alert, other] = fake.alerts;
    alert.generatorURL = 'ftp://prometheus.example/graph';
    alert.annotations = {
      description: `a${'b'.repeat(3_000)}`,
      runbook_url: 'https://ana:secret@runbooks.example/x',
      impact_started_at: String(Date.parse(alert.startsAt) / 1000 - 300),
    };
    other.generatorURL = 'https://prometheus.example/graph?x=1';
    other.annotations = {
      summary: 'Turned \u202e around\u0000',
      impact_started_at: '2026-11-20T23:00:00Z',
    };
    const [said, next] = await hub.run();
    expect(said.title).toBe(
      'HighErrorRate (environment=production, service=service-0)',
    );
    expect(said.description).toHaveLength(1_000);
    expect([said.url, said.runbook]).toEqual([undefined, undefined]);
    expect(said.impactStartedAt).toBe(said.detectedAt - 300_000);
    expect(next.url).toBe('https://prometheus.example/graph?x=1');
    expect(next.title).toBe('Turned  around');
    // After it fired it cannot be.
    expect(next.impactStartedAt).toBeUndefined();
  });
});
