import { Follower } from '../__testUtils__/Follower';
import { FakeAlertmanager, rawAlert } from '../__testUtils__/FakeAlertmanager';

const MINUTE = 60_000;

describe('when alerts end', () => {
  let fake: FakeAlertmanager;
  let hub: Follower;

  beforeEach(async () => {
    fake = await FakeAlertmanager.start();
    fake.alerts = [rawAlert(0), rawAlert(1)];
    hub = Follower.create(fake);
  });
  afterEach(() => fake.close());

  it('ends what is missed for long enough, at the first reading that missed it', async () => {
    await hub.run();
    const seenAt = hub.now;
    fake.alerts.shift();
    hub.now += MINUTE;
    const missedAt = hub.now;
    expect(await hub.run()).toEqual([]);
    hub.now += MINUTE;
    expect(await hub.run()).toEqual([]);
    hub.now += MINUTE;
    const [ended, ...others] = await hub.run();
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
    hub.now += MINUTE;
    expect(await hub.run()).toEqual([]);
    expect('resolvedAt' in hub.standing(1)).toBe(false);
  });

  it('ends what a clock that was a day ahead missed first', async () => {
    await hub.run();
    const real = hub.now;
    fake.alerts.shift();
    hub.now = real + 24 * 60 * MINUTE;
    await hub.run();
    hub.now = real + MINUTE;
    expect(await hub.run()).toEqual([]);
    hub.now += 2 * MINUTE;
    expect(await hub.run()).toEqual([
      expect.objectContaining({ resolvedAt: real + MINUTE }),
    ]);
  });

  it('an Alertmanager that was started anew ends nothing', async () => {
    await hub.run();
    const { alerts } = fake;
    fake.alerts = [];
    hub.now += MINUTE;
    expect(await hub.run()).toEqual([]);
    fake.alerts = alerts;
    hub.now += MINUTE;
    expect(await hub.run()).toEqual([]);
    hub.now += 10 * MINUTE;
    fake.alerts = [];
    // Missed anew, from now on.
    expect(await hub.run()).toEqual([]);
  });

  it('what is listed and cannot be read goes on, and is set aside once', async () => {
    await hub.run();
    const [alert] = fake.alerts;
    const { fingerprint, status } = alert;
    const rows = new Set<string>();
    const readOn = async () => {
      for (let at = 0; at < 4; at += 1) {
        hub.now += MINUTE;
        alert.updatedAt = new Date(hub.now).toISOString();
        alert.annotations = { summary: `${at} % fail` };
        expect(await hub.run()).toEqual([]);
        hub.rejected.forEach(each => rows.add(JSON.stringify(each)));
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
    expect('resolvedAt' in hub.standing(0)).toBe(false);

    const seenAt = hub.now;
    fake.alerts.shift();
    hub.now += MINUTE;
    await hub.run();
    hub.now += 2 * MINUTE;
    expect(await hub.run()).toMatchObject([{ resolvedAt: seenAt + MINUTE }]);
  });

  it('with another address or tenant nothing has ended; with another credential it is the same', async () => {
    const tenant = (name: string) => ({ headers: { 'X-Scope-OrgID': name } });
    await hub.run(tenant('a'));
    const { alerts } = fake;
    const whole = fake.url;
    fake.alerts = [];
    for (const settings of [
      tenant('b'),
      { ...tenant('b'), url: whole.replace('127.0.0.1', 'localhost') },
    ]) {
      for (let at = 0; at < 4; at += 1) {
        hub.now += MINUTE;
        expect(await hub.run(settings)).toEqual([]);
      }
    }
    fake.alerts = alerts;
    expect(await hub.run(tenant('a'))).toHaveLength(2);
    fake.alerts = [];
    hub.now += MINUTE;
    await hub.run({ ...tenant('a'), token: 'new' });
    hub.now += 2 * MINUTE;
    expect(await hub.run({ ...tenant('a'), token: 'new' })).toHaveLength(2);
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
    await hub.run();
    fake.alerts.splice(0, gone);
    hub.now += MINUTE;
    const missedAt = hub.now;
    await hub.run();
    expect(hub.notices?.map(text => text.split(' missed')[0])).toEqual(
      minutes > 2 ? [`${gone} alerts were`] : [],
    );
    for (let at = 1; at < minutes; at += 1) {
      hub.now += MINUTE;
      expect(await hub.run()).toEqual([]);
    }
    hub.now += MINUTE;
    const ended = await hub.run();
    expect(ended).toHaveLength(gone);
    expect(ended.every(each => each.resolvedAt === missedAt)).toBe(true);
    expect(hub.notices).toEqual([]);
  });

  it.each([['2026-11-20T12:00:30.000Z'], [undefined]])(
    'started anew (%s) it ends nothing before the end that was named',
    async startedAt => {
      const endsAt = '2026-11-20T12:20:00.000Z';
      const [again, never] = fake.alerts;
      Object.assign(again, { endsAt });
      Object.assign(never, { endsAt });
      await hub.run();
      fake.startedAt = startedAt;
      fake.alerts = [];
      hub.now += MINUTE;
      const missedAt = hub.now;
      await hub.run();
      hub.now += 5 * MINUTE;
      expect(await hub.run()).toEqual([]);
      // Its group is evaluated each five minutes.
      again.updatedAt = new Date(hub.now).toISOString();
      fake.alerts = [again];
      hub.now += MINUTE;
      expect(await hub.run()).toEqual([]);
      fake.alerts = [];
      hub.now += MINUTE;
      await hub.run();
      hub.now += 2 * MINUTE;
      // One that was sent since it was started is known to have ended.
      expect(await hub.run()).toHaveLength(startedAt ? 1 : 0);
      hub.now += 10 * MINUTE;
      await hub.run();
      expect(hub.standing(0).resolvedAt).toBe(missedAt + 7 * MINUTE);
      expect(hub.standing(1).resolvedAt).toBe(missedAt);
    },
  );

  it('the end that a webhook says stands, whichever comes first', async () => {
    const end = '2026-11-20T11:59:30.000Z';
    const [alert] = fake.alerts;
    hub.deliver(alert);
    await hub.run();
    fake.alerts.shift();
    for (let at = 0; at < 3; at += 1) {
      hub.now += MINUTE;
      await hub.run();
    }
    expect(hub.standing(0).resolvedAt).toBe(Date.parse('2026-11-20T12:01:00Z'));
    hub.deliver(alert, end);
    expect(hub.standing(0).resolvedAt).toBe(Date.parse(end));
    expect(hub.standing(0).notes).toBeUndefined();
    // A delivery that is late.
    hub.deliver(alert);
    expect(hub.standing(0).resolvedAt).toBe(Date.parse(end));

    // The other way round.
    hub.forget();
    fake.alerts = [alert];
    await hub.run();
    hub.deliver(alert, end);
    fake.alerts = [];
    for (let at = 0; at < 4; at += 1) {
      hub.now += MINUTE;
      await hub.run();
    }
    expect(hub.standing(0).resolvedAt).toBe(Date.parse(end));
  });

  it('one that had run out and is sent again goes on', async () => {
    await hub.run();
    const [alert] = fake.alerts;
    // Prometheus was silent for longer than Alertmanager waits.
    hub.deliver(alert, alert.endsAt);
    expect(hub.standing(0).resolvedAt).toBe(Date.parse(alert.endsAt));
    alert.updatedAt = '2026-11-20T10:10:00.000Z';
    alert.endsAt = '2026-11-20T10:14:00.000Z';
    hub.now += MINUTE;
    await hub.run();
    expect(hub.standing(0).resolvedAt).toBeUndefined();
  });

  describe('of what the webhook alone has told', () => {
    const alone = rawAlert(7, { startsAt: '2026-11-20T11:58:00.000Z' });

    it('has ended once it is missed for long enough', async () => {
      await hub.run();
      hub.now += 20_000;
      const heardAt = hub.now;
      hub.deliver(alone);
      hub.now += 40_000;
      const missedAt = hub.now;
      expect(await hub.run()).toEqual([]);
      const [ended, ...others] = await hub.runOn(3);
      expect(others).toEqual([]);
      expect(ended).toMatchObject({
        title: 'Errors of service-7',
        version: Date.parse(alone.startsAt) + 1,
        resolvedAt: missedAt,
        notes: [
          `It ended between ${words(heardAt)} and ${words(
            missedAt,
          )}: Alertmanager's API tells no more than that.`,
        ],
      });
      // The others, which are listed, go on.
      expect(hub.standing(0).resolvedAt).toBeUndefined();
      expect(await hub.runOn(2)).toEqual([]);
    });

    it('goes on while it is listed, and where it was told after the list was asked for', async () => {
      await hub.run();
      fake.alerts.push(alone);
      hub.deliver(alone);
      await hub.runOn(5);
      expect(hub.standing(7).resolvedAt).toBeUndefined();

      // Told as the answer was on its way.
      const late = rawAlert(8);
      fake.onAlerts = () => hub.deliver(late);
      await hub.runOn(1);
      fake.onAlerts = undefined;
      expect(JSON.stringify(hub.cursor)).not.toContain(late.fingerprint);
    });

    it('ends as the webhook says, where it says so meanwhile', async () => {
      await hub.run();
      hub.deliver(alone);
      await hub.runOn(1);
      const end = '2026-11-20T12:00:40.000Z';
      hub.deliver(alone, end);
      expect(await hub.runOn(3)).toEqual([]);
      expect(hub.standing(7).resolvedAt).toBe(Date.parse(end));
      expect(JSON.stringify(hub.cursor)).not.toContain(alone.fingerprint);
    });

    it('waits for Prometheus to send it again where Alertmanager was started since', async () => {
      await hub.run();
      hub.deliver(alone);
      hub.now += MINUTE;
      fake.startedAt = new Date(hub.now).toISOString();
      expect(await hub.runOn(4)).toEqual([]);
      const updatedAt = new Date(hub.now).toISOString();
      fake.alerts.push({ ...alone, updatedAt });
      await hub.runOn(3);
      expect(hub.standing(7).resolvedAt).toBeUndefined();
    });

    it('is of another Alertmanager where that was named before', async () => {
      await hub.run();
      hub.deliver(alone);
      const tenant = { headers: { 'X-Scope-OrgID': 'other' } };
      for (let at = 0; at < 5; at += 1) {
        hub.now += MINUTE;
        await hub.run(tenant);
      }
      expect(hub.standing(7).resolvedAt).toBeUndefined();
    });

    it('goes on while one is listed that may be it', async () => {
      await hub.run();
      hub.deliver(alone);
      fake.alerts.push(rawAlert(9, { fingerprint: '?' }));
      await hub.runOn(5);
      expect(hub.standing(7).resolvedAt).toBeUndefined();
    });
  });

  it('keeps of each alert no more than tells that it changed', async () => {
    fake.alerts = Array.from({ length: 200 }, (_, n) =>
      rawAlert(n, { annotations: { description: 'x'.repeat(1_000) } }),
    );
    await hub.run();
    expect(JSON.stringify(hub.cursor).length).toBeLessThan(200 * 150);
    expect(await hub.runOn(1)).toEqual([]);
    fake.alerts[3].annotations = { summary: 'Other' };
    expect(await hub.runOn(1)).toMatchObject([{ title: 'Other' }]);
  });

  it('goes on from a cursor that releases before wrote', async () => {
    const said = await hub.run();
    const { open, ...rest } = hub.cursor as any;
    hub.cursor = {
      ...rest,
      open: Object.fromEntries(
        said.map(({ version, ...facts }) => {
          const { h, ...known } = open[facts.key];
          return [facts.key, { ...known, o: facts }];
        }),
      ),
    };
    expect(await hub.runOn(1)).toEqual([]);
    fake.alerts.shift();
    expect(await hub.runOn(4)).toMatchObject([
      { title: 'Errors of service-0', resolvedAt: hub.now - 3 * MINUTE },
    ]);
  });
});

function words(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
