import { TestDatabases } from '@backstage/backend-test-utils';
import {
  cellOf,
  DAY_MS,
  isInSpan,
  memberSpansOf,
  mergeCells,
  utcDayOf,
  type MembershipMode,
} from '@day2/backstage-plugin-day2-common';
import type { Observation } from '@day2/backstage-plugin-day2-node';
import { cellFromRow } from '../__testUtils__/cellFromRow';
import { deployment } from '../__testUtils__/observations';
import { randomOf, worldOf } from '../__testUtils__/shuffledWorld';
import { TestHub } from '../__testUtils__/testHub';
import { inTransaction } from '../database';
import { saidStore } from '../incidents/saidStore';
import { markSuspectsDirty } from '../suspects/dirtySuspects';
import type { SuspectBody } from '../suspects/suspectDecisions';
import { DeliveryReads } from './DeliveryReads';
import { deliveryFromRow, type DeliveryRow } from './deliveryRow';
import { DeliverySums } from './DeliverySums';
import { MemberGroups } from './MemberGroups';
import { serviceMoments } from './serviceMoments';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const START = Date.parse('2026-03-01T00:00:00Z');
const APPLICATIONS = ['payments-api', 'cart', 'ledger'];
const ENVIRONMENTS = ['production', 'staging'];
const HOUR = 3600_000;
const ANNOTATIONS = (at: number) => ({
  'github.com/project-slug': 'tern/payments',
  'pagerduty.com/service-id': APPLICATIONS[at],
});
const TEAMS = ['group:default/leaf', 'group:default/tree', undefined];

describe.each(databases.eachSupportedId())('a random history on %s', id => {
  let hub: TestHub;
  const parents = new Map([['group:default/leaf', ['group:default/tree']]]);

  async function rows(): Promise<DeliveryRow[]> {
    return await hub.database('delivery').select('*');
  }

  async function suspectRows() {
    return await hub
      .database('suspect')
      .orderBy(['incident_id', 'role', 'rank']);
  }

  async function cells(): Promise<Record<string, unknown>> {
    const found = await hub.database('delivery_cell').select('*');
    return Object.fromEntries(
      found.map(row => [
        [row.service_id, row.environment, row.day].join(' '),
        cellFromRow(row),
      ]),
    );
  }

  async function cellsOfRows(): Promise<Record<string, unknown>> {
    const byCell = new Map<string, DeliveryRow[]>();
    for (const row of await rows()) {
      const day = utcDayOf(Number(row.finished_at));
      const name = [row.service_id, row.environment, day].join(' ');
      byCell.set(name, [...(byCell.get(name) ?? []), row]);
    }
    return Object.fromEntries(
      [...byCell].map(([name, some]) => [
        name,
        cellOf(some.map(deliveryFromRow)),
      ]),
    );
  }

  /** Something said late, corrected, withdrawn or tied to another service. */
  async function happen(random: () => number, step: number) {
    const pick = <T>(items: readonly T[]): T =>
      items[Math.floor(random() * items.length)];
    const keys = (
      await hub
        .database('observation')
        .where({ kind: 'deployment' })
        .whereNull('withdrawn_at')
        .orderBy('key')
        .select('key')
    ).map(({ key }) => key as string);
    const dice = random();
    await incidentHappens(random, step);
    if (dice < 0.25) {
      await hub.observe('git:a', [
        { kind: 'withdrawn', keyPrefix: pick(keys), reason: 'gone' },
      ]);
    } else if (dice < 0.4) {
      // Two services change places: all that one had is the other's.
      const at = 1 + Math.floor(random() * 2);
      const names = ['s0', `s${at}`];
      for (const [i, name] of names.reverse().entries()) {
        await hub.addService({
          id: name,
          ref: `component:default/${APPLICATIONS[Number(name[1])]}`,
          annotations: {
            ...ANNOTATIONS(Number(name[1])),
            ...(random() < 0.5
              ? { 'day2/gitops-path': `apps/${APPLICATIONS[i * at]}/**` }
              : {}),
          },
        });
      }
    } else {
      const finishedAt = START + Math.floor(random() * 20 * DAY_MS);
      await hub.observe('git:a', [
        deployment({
          key: random() < 0.4 ? pick(keys) : `late${step}`,
          version: 10 + step,
          application: pick(APPLICATIONS),
          versionName: `2.${Math.floor(random() * 6)}`,
          environment: pick(['prod', 'prod', 'staging']),
          finishedAt,
          basis: 'synced',
          rollout: random() < 0.15 ? 'failed' : 'succeeded',
          target: pick([undefined, 'eu-1', 'us-1']),
          ...(random() < 0.2 ? { marks: ['hotfix' as const] } : {}),
          ...(random() < 0.2
            ? {
                basis: 'event' as const,
                marks: ['fix' as const],
                mends: `2.${Math.floor(random() * 6)}`,
              }
            : {}),
        }),
      ]);
    }
  }

  /** One opens, ends, is said of otherwise, is withdrawn, or somebody judges. */
  async function incidentHappens(random: () => number, step: number) {
    const pick = <T>(items: readonly T[]): T =>
      items[Math.floor(random() * items.length)];
    const known = await hub.database('incident').orderBy('id').select('id');
    const dice = random();
    if (dice < 0.15) {
      await hub.observe('pd', [
        {
          kind: 'withdrawn',
          keyPrefix: `i${Math.floor(random() * 12)}`,
          reason: 'gone',
        },
      ]);
      return;
    }
    if (dice < 0.5 && known.length > 0) {
      await judge(random, { incidentId: pick(known).id, step });
      return;
    }
    const deployments = await hub.database('deployment').orderBy('id');
    // Soon after something was deployed, as incidents are.
    const after = deployments.length > 0 ? pick(deployments) : undefined;
    const detectedAt =
      Number(after?.finished_at ?? START) + Math.floor(random() * HOUR);
    const name = pick(APPLICATIONS);
    await hub.observe('pd', [
      {
        kind: 'incident',
        key: `i${Math.floor(random() * 12)}`,
        version: 10 + step,
        subject: {
          key: name,
          kind: 'incident-service',
          traits: { toolService: { tool: 'pagerduty', id: name } },
        },
        tool: 'pagerduty',
        nature: 'incident',
        title: 'Errors',
        words: [],
        detectedAt,
        ...(random() < 0.3 ? { impactStartedAt: detectedAt - 60_000 } : {}),
        ...(random() < 0.7
          ? { resolvedAt: detectedAt + Math.floor(random() * 5 * HOUR) }
          : {}),
        ...(random() < 0.3 ? { environment: pick(['prod', 'staging']) } : {}),
      },
    ]);
  }

  async function judge(
    random: () => number,
    options: { incidentId: string; step: number },
  ) {
    const { incidentId, step } = options;
    const suspects = await hub
      .database('suspect')
      .where({ incident_id: incidentId, kind: 'deployment' })
      .orderBy(['role', 'candidate_id']);
    const reference = await hub
      .database('incident_reference')
      .where({ reference_id: incidentId })
      .first('source', 'key');
    if (suspects.length === 0 || !reference) {
      return;
    }
    const { candidate_id } = suspects[Math.floor(random() * suspects.length)];
    await inTransaction(hub.database, async transaction => {
      const body: SuspectBody = {
        candidateId: candidate_id,
        verdict: random() < 0.7 ? 'confirmed' : 'rejected',
      };
      await saidStore.add(
        transaction,
        {
          id: `said${step}`,
          incident_ref: JSON.stringify(reference),
          kind: 'suspect',
          body: JSON.stringify(body),
          person_id: 'ann',
          at: step,
          why: null,
          taken_back_at: random() < 0.2 ? step : null,
          taken_back_by: null,
          taken_back_why: null,
        },
        [reference],
      );
      await markSuspectsDirty(transaction, [incidentId], step);
    });
  }

  it.each([1, 2])(
    'has cells as its rows say, and the figures of any group: seed %d',
    async seed => {
      hub = await TestHub.create(await databases.init(id));
      const random = randomOf(seed);
      for (const [i, name] of APPLICATIONS.entries()) {
        await hub.addService({
          id: `s${i}`,
          ref: `component:default/${name}`,
          annotations: ANNOTATIONS(i),
        });
        await hub.database('service_dependency').insert({
          service_id: `s${i}`,
          depends_on: `component:default/${APPLICATIONS[(i + 1) % 3]}`,
          valid_from: 1,
        });
      }
      // Commits with reverts, over days instead of seconds.
      const spread = (at: number) => START + at * 400;
      const world = worldOf(seed).map((each): Observation => {
        switch (each.kind) {
          case 'commit':
            return { ...each, committedAt: spread(each.committedAt) };
          case 'deployment':
            return {
              ...each,
              basis: 'synced',
              rollout: each.rollout === 'unknown' ? 'succeeded' : each.rollout,
              finishedAt: spread(each.finishedAt * 60) + DAY_MS,
            };
          default:
            return each;
        }
      });
      await hub.observe('git:a', world);
      const replica = hub.replica();
      for (let step = 0; step < 40; step += 1) {
        await happen(random, step);
        if (random() < 0.5) {
          await Promise.all([hub.derive(), replica.derive()]);
        }
      }
      await hub.derive();
      await replica.derive();
      for (const table of [
        'delivery_cell',
        'suspect',
        'sequence',
        'incident',
      ]) {
        expect(await hub.database(`dirty_${table}`)).toEqual([]);
      }
      const known = await cells();
      expect(Object.keys(known).length).toBeGreaterThan(20);
      expect(known).toEqual(await cellsOfRows());

      await expectFigures(random);

      // What came about bit by bit is what is derived at once.
      const before = (await rows()).map(deliveryFromRow).sort(byId);
      const suspects = await suspectRows();
      expect(suspects.filter(({ link }) => link !== null)).not.toEqual([]);
      expect(
        before.filter(({ recovery }) => recovery?.incidentId).length,
      ).toBeGreaterThan(1);
      for (const table of ['delivery', 'delivery_cell', 'suspect']) {
        await hub.database(table).delete();
      }
      for (const { id: incident_id } of await hub.database('incident')) {
        await hub.database('dirty_suspect').insert({ incident_id, since: 1 });
      }
      for (const row of await hub
        .database('deployment')
        .distinct('service_id', 'environment')) {
        await hub.database('dirty_sequence').insert({ ...row, since: 1 });
      }
      await hub.derive();
      expect((await rows()).map(deliveryFromRow).sort(byId)).toEqual(before);
      expect(await cells()).toEqual(known);
      expect(await suspectRows()).toEqual(suspects);
    },
  );

  /** Sums of cells and of rows at the edges, beside the rows alone. */
  async function expectFigures(random: () => number) {
    const instant = () => START + Math.floor(random() * 20 * DAY_MS);
    for (const i of [0, 1, 2]) {
      const [first, second] = [instant(), instant()].sort((a, b) => a - b);
      await hub.database('service_history').insert(
        [first, second, undefined].map((to, at) => ({
          service_id: `s${i}`,
          valid_from: [0, first, second][at],
          valid_to: to ?? null,
          owner: TEAMS[(i + at) % 3] ?? null,
          removed: false,
        })),
      );
    }
    const reads = DeliveryReads.create({ database: hub.database });
    const services = await serviceMoments(hub.database);
    const all = await rows();
    let most = 0;
    for (let asked = 0; asked < 40; asked += 1) {
      const mode: MembershipMode = random() < 0.6 ? 'then' : 'now';
      const [from, to] = [instant(), instant()].sort((a, b) => a - b);
      const middle = from + Math.floor(((to - from) * random()) / 2);
      const groups = MemberGroups.create({
        services,
        groups: { parents, titles: new Map() },
        visible: { kind: 'all' },
        grouping: 'team',
        mode,
      });
      const borders = [from, middle, to];
      const ownBorders = groups.borders();
      const environments = random() < 0.5 ? ENVIRONMENTS : ['production'];
      const pieces = await reads.pieces({
        environments,
        range: { from, to },
        borders,
        ownBorders,
      });
      const sums = DeliverySums.create({ pieces, borders, ownBorders });
      for (const team of ['group:default/leaf', 'group:default/tree']) {
        for (const range of [
          { from, to },
          { from, to: middle },
          { from: middle, to },
        ]) {
          const spans = memberSpansOf({
            group: { grouping: 'team', ref: team },
            mode,
            range,
            moments: services.flatMap(({ moments }) => moments),
            parents,
          });
          const members = groups.of(team, range);
          expect(members.spans).toEqual(spans);
          const expected = all.filter(
            row =>
              environments.includes(row.environment) &&
              spans.some(
                span =>
                  span.serviceId === row.service_id &&
                  isInSpan(span, Number(row.finished_at)),
              ),
          );
          most = Math.max(most, expected.length);
          const sum = sums.of({ spans: members.spans, range });
          expect(mergeCells([sum])).toEqual(
            cellOf(expected.map(deliveryFromRow)),
          );
        }
      }
    }
    expect(most).toBeGreaterThan(10);
  }
});

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}
