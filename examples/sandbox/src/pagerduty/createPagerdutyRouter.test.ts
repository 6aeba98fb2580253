import express from 'express';
import { createServer, type Server } from 'http';
import type { AddressInfo } from 'net';
import { testEnd, testStart } from '../__testUtils__/dates';
import { createWorld } from '../world/createWorld';
import { DAY } from '../world/time';
import { createPagerdutyRouter } from './createPagerdutyRouter';
import { incidentsOf } from './incidentsOf';
import { objectId } from './objectId';

const { world, truth } = createWorld({
  seed: 7,
  start: testStart,
  end: testEnd,
});
const noticed = truth.outages.filter(({ detectedAt }) => detectedAt);

type Raw = Record<string, any>;

describe('the API of PagerDuty', () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    const app = express();
    app.use('/pagerduty', createPagerdutyRouter({ world, token: 'secret' }));
    app.use(
      '/small',
      createPagerdutyRouter({ world, token: 'secret', perMinute: 2 }),
    );
    server = createServer(app);
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  const ask = (path: string, token = 'secret', method = 'GET') =>
    fetch(`${url}${path}`, {
      method,
      headers: { Authorization: `Token token=${token}` },
    });
  const get = async (path: string): Promise<Raw> =>
    await (await ask(`/pagerduty${path}`)).json();
  const range = (from: number, to: number) =>
    `since=${new Date(from).toISOString()}&until=${new Date(to).toISOString()}`;
  const all = async (key: string, query: string): Promise<Raw[]> => {
    const items: Raw[] = [];
    for (let offset = 0; ; offset += 100) {
      const page = await get(`/${key}?limit=100&offset=${offset}&${query}`);
      items.push(...page[key]);
      if (!page.more) {
        return items;
      }
    }
  };

  it('tells every outage that was noticed, at its instants', async () => {
    const incidents = await all('incidents', range(testStart, testEnd + 1));
    expect(incidents.length).toBe(noticed.length);
    expect(incidents.length).toBeGreaterThan(20);
    const seconds = (text?: string) =>
      text && Math.floor(Date.parse(text) / 1000);
    for (const outage of noticed) {
      const incident = incidents.find(
        ({ id }) => id === objectId('incident', outage.id),
      );
      expect(incident).toMatchObject({
        title: outage.title,
        urgency: outage.urgency,
        service: { id: objectId('service', outage.service) },
      });
      expect(seconds(incident?.created_at)).toBe(seconds(outage.detectedAt));
      expect(seconds(incident?.resolved_at ?? undefined)).toBe(
        seconds(outage.resolvedAt),
      );
      expect(incident?.status === 'resolved').toBe(
        outage.resolvedAt !== undefined,
      );
    }
  });

  it('has a log of each, the newest first, with notes in full only when asked', async () => {
    const log = await all('log_entries', range(testStart, testEnd + 1));
    const times = log.map(({ created_at }) => Date.parse(created_at));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    const acknowledged = log.filter(({ type }) => /^ack/.test(type));
    expect(acknowledged.length).toBe(
      noticed.filter(
        each => each.acknowledgedAt && each.acknowledgedBy !== undefined,
      ).length,
    );
    const note = log.find(({ type }) => type === 'annotate_log_entry');
    const path = `/incidents/${note?.incident.id}/log_entries`;
    const own = await get(`${path}?include[]=channels`);
    expect(own.log_entries[own.log_entries.length - 1].type).toMatch(
      /^trigger|^assign/,
    );
    const whole = own.log_entries.find(({ id }: Raw) => id === note?.id);
    expect(note?.channel.content).toBeUndefined();
    expect(whole.channel.content).toContain(note?.channel.summary);
  });

  it('names the bad version in some notes of releases, as the truth has it', async () => {
    const releases = noticed.filter(({ kind }) => kind === 'release');
    const notes = await Promise.all(
      releases.map(async outage => {
        const id = objectId('incident', outage.id);
        const { log_entries: log } = await get(
          `/incidents/${id}/log_entries?include[]=channels`,
        );
        const note = log.find(({ type }: Raw) => /^annotate/.test(type));
        return { version: outage.cause?.version, text: note?.channel.content };
      }),
    );
    const written = notes.filter(({ text }) => text);
    expect(written.length).toBeGreaterThan(0);
    expect(written.length).toBeLessThan(releases.length);
    expect(
      written.filter(({ text, version }) => !text.includes(version)),
    ).toEqual([]);
  });

  it('knows services, people and who is on call', async () => {
    const services = await all('services', '');
    expect(services.map(({ name }) => name).sort()).toEqual(
      truth.services.map(({ name }) => name).sort(),
    );
    const users = await all('users', '');
    expect(users.find(({ name }) => name === 'Ana Silva')).toMatchObject({
      email: 'ana@tern.example',
    });
    const onCalls = await all('oncalls', 'earliest=true');
    for (const service of services) {
      const own = onCalls.filter(
        each => each.escalation_policy.id === service.escalation_policy.id,
      );
      expect(own.map(each => each.escalation_level)).toEqual([1, 2]);
      const [{ start, end, user }] = own;
      expect(Date.parse(start)).toBeLessThanOrEqual(testEnd);
      expect(Date.parse(end)).toBeGreaterThan(testEnd);
      expect(users.map(({ id }) => id)).toContain(user.id);
    }
  });

  it('filters by when they were opened, status and service, and pages', async () => {
    const [first] = noticed;
    const from = Date.parse(first.detectedAt as string);
    const day = await all('incidents', range(from - 1000, from + DAY));
    expect(day.length).toBeGreaterThan(0);
    expect(day.length).toBeLessThan(noticed.length);
    const open = await get(
      '/incidents?statuses[]=triggered&statuses[]=acknowledged&date_range=all',
    );
    expect(open.incidents.length).toBe(
      noticed.filter(({ resolvedAt }) => !resolvedAt).length,
    );
    const id = objectId('service', first.service);
    const own = await get(`/incidents?service_ids[]=${id}&date_range=all`);
    expect(new Set(own.incidents.map((each: Raw) => each.service.id))).toEqual(
      new Set([id]),
    );
    const page = await get('/incidents?date_range=all&limit=2&offset=1');
    expect(page).toMatchObject({
      limit: 2,
      offset: 1,
      more: true,
      total: null,
    });
    expect(page.incidents).toHaveLength(2);
    // Without a range: the last month.
    const month = await all('incidents', '');
    expect(month.length).toBe(
      noticed.filter(
        ({ detectedAt }) =>
          Date.parse(detectedAt as string) >= testEnd - 30 * DAY,
      ).length,
    );
  });

  it.each([
    ['/incidents/QNONE', 404, 2100],
    ['/incidents/QNONE/log_entries', 404, 2100],
    ['/nothing', 404, 2100],
    [
      `/incidents?since=2020-01-01T00:00:00Z&until=2021-01-01T00:00:00Z`,
      400,
      2001,
    ],
    ['/log_entries?since=yesterday', 400, 2001],
    ['/incidents?limit=100&offset=9950', 400, 2001],
  ])('answers %s with its errors', async (path, status, code) => {
    const response = await ask(`/pagerduty${path}`);
    expect(response.status).toBe(status);
    expect((await response.json()).error).toMatchObject({ code });
  });

  it('wants its key, lets it read alone and so many times a minute', async () => {
    const refused = await ask('/pagerduty/services', 'wrong');
    expect(refused.status).toBe(401);
    expect((await ask('/pagerduty/incidents', 'secret', 'POST')).status).toBe(
      403,
    );
    const answers = [];
    for (let n = 0; n < 3; n += 1) {
      answers.push(await ask('/small/services'));
    }
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    const { headers } = answers[2];
    expect(headers.get('ratelimit-limit')).toBe('2');
    expect(Number(headers.get('ratelimit-reset'))).toBeGreaterThan(0);
  });

  it('shows an incident to who follows its link', async () => {
    const [incident] = (await get('/incidents?date_range=all')).incidents;
    const page = await fetch(incident.html_url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain(incident.title);
  });
});

it('what was told stays true as the world goes on', async () => {
  const early = createWorld({
    seed: 7,
    start: testStart,
    end: testEnd - 20 * DAY,
  });
  const later = new Map(
    incidentsOf(world, '').map(told => [told.incident.id, told]),
  );
  const before = incidentsOf(early.world, '');
  expect(before.length).toBeGreaterThan(10);
  for (const { incident, entries } of before) {
    const now = later.get(incident.id);
    expect(now?.incident).toMatchObject({
      incident_number: incident.incident_number,
      created_at: incident.created_at,
    });
    expect(now?.entries.slice(0, entries.length)).toEqual(entries);
  }
});
