import type {
  IncidentObservation,
  SourceBatch,
} from '@day2/backstage-plugin-day2-node';
import {
  collect,
  ObservationLedger,
} from '@day2/backstage-plugin-day2-node/testUtils';
import { createSource } from './__testUtils__/createSource';
import {
  FakeAlertmanager,
  rawAlert,
  type RawAlert,
} from './__testUtils__/FakeAlertmanager';

const MINUTE = 60_000;

describe('AlertmanagerSource', () => {
  let fake: FakeAlertmanager;
  let now: number;
  let cursor: SourceBatch['cursor'] | undefined;
  let ledger: ObservationLedger;
  /** Of the last run. */
  let rejected: NonNullable<SourceBatch['rejected']>;
  let notices: string[] | undefined;

  beforeEach(async () => {
    fake = await FakeAlertmanager.start();
    fake.alerts = [rawAlert(0), rawAlert(1)];
    now = Date.parse('2026-11-20T12:00:00Z');
    cursor = undefined;
    ledger = ObservationLedger.create();
  });
  afterEach(() => fake.close());

  /** One run; what it says. */
  async function run(
    settings: Parameters<typeof createSource>[0] = {},
    reread = false,
  ) {
    const source = createSource({ url: fake.url, ...settings });
    const {
      batches,
      error,
      cursor: next,
    } = await collect(source, {
      cursor,
      reread,
      now: () => now,
    });
    expect(error).toBeUndefined();
    cursor = next;
    rejected = batches.flatMap(batch => batch.rejected ?? []);
    notices = batches.at(-1)?.notices;
    batches.forEach(batch => ledger.apply(batch));
    return batches.flatMap(
      ({ observations }) => observations,
    ) as IncidentObservation[];
  }

  /** What stands of the nth alert. */
  const standing = (n: number) =>
    ledger.observations.find(({ key }) =>
      key.startsWith(rawAlert(n).fingerprint),
    ) as IncidentObservation;

  /** As the webhook says it. */
  function deliver(alert: RawAlert, endsAt?: string) {
    const source = createSource({ url: fake.url, webhook: { token: 't' } });
    const body = {
      version: '4',
      alerts: [
        {
          ...alert,
          status: endsAt ? 'resolved' : 'firing',
          endsAt: endsAt ?? '0001-01-01T00:00:00Z',
        },
      ],
    };
    const { observations } = source.webhook!.read!({
      headers: {},
      body: Buffer.from(JSON.stringify(body)),
    });
    ledger.apply({ observations, cursor: {} });
  }

  it('says what is listed, once', async () => {
    const [said] = await run();
    expect(said).toMatchObject({
      key: '0000000000000000:1795168800000',
      version: 1795168805000,
      title: 'Errors of service-0',
      environment: 'production',
      words: [{ field: 'severity', word: 'critical' }],
      detectedAt: 1795168800000,
    });
    expect('resolvedAt' in said || 'suppressed' in said).toBe(false);
    now += MINUTE;
    // Sent again by Prometheus, with nothing new.
    fake.alerts[0].updatedAt = '2026-11-20T10:02:00.000Z';
    fake.alerts[0].endsAt = '2026-11-20T10:06:00.000Z';
    expect(await run()).toEqual([]);
    expect(fake.requests).not.toContain('/api/v2/silences');
  });

  it('ends what is missed for long enough, at the first reading that missed it', async () => {
    await run();
    const seenAt = now;
    fake.alerts.shift();
    now += MINUTE;
    const missedAt = now;
    expect(await run()).toEqual([]);
    now += MINUTE;
    expect(await run()).toEqual([]);
    now += MINUTE;
    const [ended, ...others] = await run();
    expect(others).toEqual([]);
    expect(ended).toMatchObject({
      title: 'Errors of service-0',
      version: 1795168805001,
      resolvedAt: missedAt,
      notes: [
        `It ended between 2026-11-20 12:00:00 UTC and 2026-11-20 12:01:00 UTC: Alertmanager's API tells no more than that.`,
      ],
    });
    expect(seenAt).toBe(Date.parse('2026-11-20T12:00:00Z'));
    now += MINUTE;
    expect(await run()).toEqual([]);
    expect('resolvedAt' in standing(1)).toBe(false);
  });

  it('an Alertmanager that was started anew ends nothing', async () => {
    await run();
    const { alerts } = fake;
    fake.alerts = [];
    now += MINUTE;
    expect(await run()).toEqual([]);
    fake.alerts = alerts;
    now += MINUTE;
    expect(await run()).toEqual([]);
    now += 10 * MINUTE;
    fake.alerts = [];
    // Missed anew, from now on.
    expect(await run()).toEqual([]);
  });

  it('what is listed and cannot be read goes on, and is set aside once', async () => {
    await run();
    const [alert] = fake.alerts;
    const { fingerprint, status } = alert;
    const rows = new Set<string>();
    const readOn = async () => {
      for (let at = 0; at < 4; at += 1) {
        now += MINUTE;
        alert.updatedAt = new Date(now).toISOString();
        alert.annotations = { summary: `${at} % fail` };
        expect(await run()).toEqual([]);
        rejected.forEach(each => rows.add(JSON.stringify(each)));
      }
    };
    alert.status = { ...status, state: 'unheard of' };
    await readOn();
    expect([...rows].map(row => JSON.parse(row).key)).toEqual([fingerprint]);

    // Of which it is not known which it is: another may be it.
    rows.clear();
    Object.assign(alert, { status, fingerprint: '?' });
    await readOn();
    expect(rows.size).toBe(1);
    expect('resolvedAt' in standing(0)).toBe(false);

    const seenAt = now;
    fake.alerts.shift();
    now += MINUTE;
    await run();
    now += 2 * MINUTE;
    expect(await run()).toMatchObject([{ resolvedAt: seenAt + MINUTE }]);
  });

  it('with another address or tenant nothing has ended; with another credential it is the same', async () => {
    const tenant = (name: string) => ({ headers: { 'X-Scope-OrgID': name } });
    await run(tenant('a'));
    const { alerts } = fake;
    const whole = fake.url;
    fake.alerts = [];
    for (const settings of [
      tenant('b'),
      { ...tenant('b'), url: whole.replace('127.0.0.1', 'localhost') },
    ]) {
      for (let at = 0; at < 4; at += 1) {
        now += MINUTE;
        expect(await run(settings)).toEqual([]);
      }
    }
    fake.alerts = alerts;
    expect(await run(tenant('a'))).toHaveLength(2);
    fake.alerts = [];
    now += MINUTE;
    await run({ ...tenant('a'), token: 'new' });
    now += 2 * MINUTE;
    expect(await run({ ...tenant('a'), token: 'new' })).toHaveLength(2);
  });

  it.each([
    ['6 of 20', 20, 6, 2],
    ['5 of 5', 5, 5, 2],
    ['7 of 20', 20, 7, 10],
    ['20 of 20', 20, 20, 10],
  ])('%s missed at once end in time', async (_, all, gone, minutes) => {
    const endsAt = '2026-11-20T12:11:00.000Z';
    fake.alerts = Array.from({ length: all }, (__, n) =>
      rawAlert(n, { endsAt }),
    );
    await run();
    fake.alerts.splice(0, gone);
    now += MINUTE;
    const missedAt = now;
    await run();
    expect(notices?.map(text => text.split(' missed')[0])).toEqual(
      minutes > 2 ? [`${gone} alerts were`] : [],
    );
    for (let at = 1; at < minutes; at += 1) {
      now += MINUTE;
      expect(await run()).toEqual([]);
    }
    now += MINUTE;
    const ended = await run();
    expect(ended).toHaveLength(gone);
    expect(ended.every(each => each.resolvedAt === missedAt)).toBe(true);
    expect(notices).toEqual([]);
  });

  it.each([['2026-11-20T12:00:30.000Z'], [undefined]])(
    'started anew (%s) it ends nothing before the end that was named',
    async startedAt => {
      const endsAt = '2026-11-20T12:20:00.000Z';
      const [again, never] = fake.alerts;
      Object.assign(again, { endsAt });
      Object.assign(never, { endsAt });
      await run();
      fake.startedAt = startedAt;
      fake.alerts = [];
      now += MINUTE;
      const missedAt = now;
      await run();
      now += 5 * MINUTE;
      expect(await run()).toEqual([]);
      // Its group is evaluated each five minutes.
      again.updatedAt = new Date(now).toISOString();
      fake.alerts = [again];
      now += MINUTE;
      expect(await run()).toEqual([]);
      fake.alerts = [];
      now += MINUTE;
      await run();
      now += 2 * MINUTE;
      // One that was sent since it was started is known to have ended.
      expect(await run()).toHaveLength(startedAt ? 1 : 0);
      now += 10 * MINUTE;
      await run();
      expect(standing(0).resolvedAt).toBe(missedAt + 7 * MINUTE);
      expect(standing(1).resolvedAt).toBe(missedAt);
    },
  );

  it('the end that a webhook says stands, whichever comes first', async () => {
    const end = '2026-11-20T11:59:30.000Z';
    const [alert] = fake.alerts;
    deliver(alert);
    await run();
    fake.alerts.shift();
    for (let at = 0; at < 3; at += 1) {
      now += MINUTE;
      await run();
    }
    expect(standing(0).resolvedAt).toBe(Date.parse('2026-11-20T12:01:00Z'));
    deliver(alert, end);
    expect(standing(0).resolvedAt).toBe(Date.parse(end));
    expect(standing(0).notes).toBeUndefined();
    // A delivery that is late.
    deliver(alert);
    expect(standing(0).resolvedAt).toBe(Date.parse(end));

    // The other way round.
    ledger = ObservationLedger.create();
    cursor = undefined;
    fake.alerts = [alert];
    await run();
    deliver(alert, end);
    fake.alerts = [];
    for (let at = 0; at < 4; at += 1) {
      now += MINUTE;
      await run();
    }
    expect(standing(0).resolvedAt).toBe(Date.parse(end));
  });

  it('one that had run out and is sent again goes on', async () => {
    await run();
    const [alert] = fake.alerts;
    // Prometheus was silent for longer than Alertmanager waits.
    deliver(alert, alert.endsAt);
    expect(standing(0).resolvedAt).toBe(Date.parse(alert.endsAt));
    alert.updatedAt = '2026-11-20T10:10:00.000Z';
    alert.endsAt = '2026-11-20T10:14:00.000Z';
    now += MINUTE;
    await run();
    expect(standing(0).resolvedAt).toBeUndefined();
  });

  it('tells why it is kept quiet about, and when no longer', async () => {
    await run();
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
    now += MINUTE;
    expect(await run()).toMatchObject([
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
    now += MINUTE;
    const [said] = await run();
    expect([said.version, said.suppressed]).toEqual([1795168805002, undefined]);
  });

  it('other settings have all said anew', async () => {
    await run();
    const labels = ['alertname'];
    const environments = [
      { labels: { service: '^(?<what>.*)-0$' }, environment: 'of {{what}}' },
    ];
    now += MINUTE;
    const said = await run({ labels, environments });
    expect(said.map(({ environment }) => environment)).toEqual([
      'of service',
      'production',
    ]);
    expect(said[0].subject.traits.labels?.service).toBe('HighErrorRate');
    expect(await run({ labels, environments })).toEqual([]);
    expect(await run({ labels, environments }, true)).toHaveLength(2);
  });

  it('copies of one that runs several times are about the same', async () => {
    const copy = rawAlert(2);
    fake.alerts = [
      { ...copy, labels: { ...copy.labels, pod: 'a' } },
      { ...copy, fingerprint: 'f', labels: { ...copy.labels, pod: 'b' } },
      { ...copy, fingerprint: 'e', labels: { ...copy.labels, service: 'x' } },
    ];
    const keys = (await run()).map(({ subject }) => subject.key);
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
    const [said, next] = await run();
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

describe('what is delivered', () => {
  const source = createSource({ url: 'http://x', webhook: { token: 't' } });
  const read = (body: unknown) =>
    source.webhook!.read!({
      headers: {},
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    });

  it('is not taken without a secret', () => {
    expect(createSource({ url: 'http://x' }).webhook).toBeUndefined();
    const verify = (authorization?: string) =>
      source.webhook!.verify({
        headers: { authorization },
        body: Buffer.from(''),
      });
    expect([verify('Bearer t'), verify('Bearer u'), verify()]).toEqual([
      true,
      false,
      false,
    ]);
    const { webhook } = createSource({
      url: 'http://x',
      webhook: { username: 'am', password: 'new', formerPassword: 'old' },
    });
    for (const [words, is] of [
      ['am:new', true],
      ['am:old', true],
      ['am:other', false],
    ] as const) {
      const authorization = `Basic ${Buffer.from(words).toString('base64')}`;
      expect(
        webhook!.verify({ headers: { authorization }, body: Buffer.from('') }),
      ).toBe(is);
    }
  });

  it.each([
    ['no JSON'],
    ['[]'],
    ['null'],
    [{ version: '3', alerts: [] }],
    [{ version: '4' }],
  ])('is refused where it is %j', body => {
    expect(() => read(body)).toThrow('it is no webhook of Alertmanager');
  });

  it('one alert that cannot be read does not hide the others', () => {
    const fine = { ...rawAlert(0), status: 'firing' };
    const { observations, rejected } = read({
      version: '4',
      groupKey: 'a group',
      truncatedAlerts: 3,
      alerts: [
        fine,
        { ...fine, status: 'on fire' },
        { ...fine, startsAt: '0001-01-01T00:00:00Z' },
        { ...fine, status: 'resolved', endsAt: '0001-01-01T00:00:00Z' },
        7,
      ],
    });
    expect(observations).toHaveLength(1);
    expect(rejected?.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^status: /),
      'startsAt: is missing',
      'endsAt: is missing, though it has ended',
      expect.stringMatching(/^alert: /),
      expect.stringContaining('left 3 alerts of this group out'),
    ]);
  });
});
