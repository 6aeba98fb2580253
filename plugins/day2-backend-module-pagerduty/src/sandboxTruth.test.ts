import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createSandbox,
  truthOf,
  type OutageTruth,
  type Sandbox,
} from '@day2/sandbox';
import { createSource } from './__testUtils__/createSource';
import { follow } from './__testUtils__/follow';
import { at } from './__testUtils__/Company';

jest.setTimeout(120_000);

const DAY = 86_400_000;
const end = Date.UTC(2026, 9, 1, 12);
const minuteOf = (instant: number) => (instant - at(0)) / 60_000;

/** Whole seconds: PagerDuty writes no more. */
function ms(instant: string | undefined): number | undefined {
  return instant === undefined
    ? undefined
    : Math.floor(Date.parse(instant) / 1000) * 1000;
}

describe('the PagerDuty of the sandbox', () => {
  let folder: string;
  let sandbox: Sandbox;
  let following: ReturnType<typeof follow>;
  let noticed: OutageTruth[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'day2-pagerduty-'));
    sandbox = await createSandbox({
      stateDir: folder,
      start: end - 60 * DAY,
      end,
    });
    noticed = truthOf(sandbox.world).outages.filter(each => each.detectedAt);
    following = follow(
      createSource({
        apiUrl: `${sandbox.url}/pagerduty`,
        token: 'sandbox',
        environments: [{ environment: 'production' }],
      }),
    );
    await following.run(minuteOf(end));
  });

  afterAll(async () => {
    await sandbox?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('tells each outage that was noticed, at its instants', () => {
    expect(noticed.length).toBeGreaterThan(20);
    const told = following
      .keys('incident')
      .map(key => following.said(key) as Record<string, any>);
    const line = (parts: unknown[]) => parts.join(' | ');
    expect(
      told
        .map(each =>
          line([
            each.subject.traits.toolService.name,
            each.title,
            each.environment,
            each.detectedAt,
            each.acknowledgedAt,
            each.acknowledgedBy?.key,
            each.resolvedAt,
          ]),
        )
        .sort(),
    ).toEqual(
      noticed
        .map(each =>
          line([
            each.service,
            each.title,
            each.environment,
            ms(each.detectedAt),
            each.acknowledgedBy && ms(each.acknowledgedAt),
            each.acknowledgedBy,
            ms(each.resolvedAt),
          ]),
        )
        .sort(),
    );
    const texts = told.flatMap(({ notes }) => notes ?? []).join(' ');
    const named = noticed.filter(
      ({ cause }) => cause && texts.includes(`${cause.version} went out`),
    );
    expect(named.length).toBeGreaterThan(0);
  });

  it('tells who is on call for each service', () => {
    const services = truthOf(sandbox.world).services.map(({ name }) => name);
    const told = following
      .keys('on-call')
      .map(key => following.said(key) as Record<string, any>);
    for (const name of services) {
      const own = told.filter(
        ({ subject }) => subject.traits.toolService.name === name,
      );
      expect(own.map(({ level }) => level).sort()).toEqual([1, 2]);
      for (const { person } of own) {
        expect(person).toMatchObject({
          namespace: 'email',
          key: expect.stringMatching(/@(tern|contractor)\.example$/),
        });
      }
    }
  });

  it('switched off it fails in words, and on again it goes on', async () => {
    const order = (mode: string) =>
      fetch(`${sandbox.url}/world/faults`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ tool: 'pagerduty', mode }),
      });
    const later = minuteOf(end) + 10;
    for (const [mode, code] of [
      ['none', 'unreachable'],
      ['401', 'credential-refused'],
      ['429', 'rate-limited'],
      ['html', 'bad-answer'],
    ] as const) {
      await order(mode);
      await expect(following.run(later)).rejects.toMatchObject({ code });
    }
    const before = following.ledger.fingerprint();
    await order('off');
    const { observations } = await following.run(later);
    expect(observations.every(({ kind }) => kind === 'on-call')).toBe(true);
    expect(following.ledger.fingerprint()).toBe(before);
  });
});
