import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type {
  IncidentRecord,
  OperationOutput,
} from '@day2/backstage-plugin-day2-common';
import {
  expectLines,
  mapParallel,
  readTruth,
  serviceParams,
  until,
} from '../../support';
import { everything } from '../everything';
import type { GetContext } from '../TestContext';
import { trueIncidents, type TrueIncident } from './trueIncidents';

type Told = OperationOutput<'getIncident'>;

const DAY = 24 * 3_600_000;
/** PagerDuty is read so far back; a day less, as it was read a while ago. */
const read = 89 * DAY;

/** The list of incidents and who is suspected, held against the outages that there were. */
export function incidentsTruthSuite(context: GetContext): void {
  async function truth(): Promise<TrueIncident[]> {
    const now = await readTruth(context().world);
    return trueIncidents({
      truth: now,
      since: Date.parse(context().truth.end) - read,
    });
  }

  async function shown(): Promise<IncidentRecord[]> {
    const chen = await context().api('chen');
    const since = Date.parse(context().truth.end) - read;
    const all = await chen.all('listIncidents', { query: everything });
    return all.filter(({ instants }) => detected(instants) >= since);
  }

  async function told(): Promise<{ incident: TrueIncident; told: Told }[]> {
    const chen = await context().api('chen');
    const byName = new Map(
      (await shown()).map(each => [nameOf(each), each.id]),
    );
    const known = (await truth()).flatMap(incident => {
      const id = byName.get(`${incident.service} ${incident.detectedAt}`);
      return id ? [{ incident, id }] : [];
    });
    return await mapParallel(known, async ({ incident, id }) => ({
      incident,
      told: await chen.call('getIncident', { params: { id } }),
    }));
  }

  /** Since when the requests of services that fail are known, epoch milliseconds; of some they are not. */
  async function measuredFrom(
    incidents: TrueIncident[],
  ): Promise<Map<string, number>> {
    const chen = await context().api('chen');
    const names = [...new Set(incidents.map(({ service }) => service))];
    const found = await mapParallel(names, async service => {
      const { items } = await chen.call('listServiceObjectives', {
        params: serviceParams(service),
        query: {},
      });
      const own = items.find(({ name }) => /availability/.test(name));
      return own?.measuredFrom
        ? [[service, Date.parse(own.measuredFrom)] as const]
        : [];
    });
    return new Map(found.flat());
  }

  describe('incidents', () => {
    test('are the outages that were noticed, each with its service, instants and state', async () => {
      // The world goes on meanwhile.
      await until({
        what: 'the incidents to be those of the truth',
        ask: async () => ({
          shown: (await shown()).map(shownLine).sort(),
          truth: (await truth()).map(trueLine).sort(),
        }),
        accept: lines => lines.shown.join('\n') === lines.truth.join('\n'),
        ms: 60_000,
      }).catch(async () =>
        expectLines({
          of: 'Incidents',
          shown: (await shown()).map(shownLine).sort(),
          truth: (await truth()).map(trueLine).sort(),
        }),
      );
    });

    test('the release that did it is among the first three suspects, mostly the first, with reasons', async () => {
      const causes = (await told()).flatMap(({ incident, told: of }) => {
        const version = causeOf(incident)?.version;
        return version
          ? [
              {
                name: `${incident.service} ${incident.detectedAt}`,
                version,
                rank: of.suspects.findIndex(each =>
                  each.label.includes(version),
                ),
                suspects: of.suspects,
              },
            ]
          : [];
      });
      // A few a month are all that the company has.
      assert.ok(causes.length >= 2, `${causes.length} with a cause`);
      const lines = causes.map(each => `${each.name}: ${each.rank}`);
      assert.ok(
        causes.every(({ rank }) => rank >= 0 && rank < 3),
        lines.join('\n'),
      );
      const first = causes.filter(({ rank }) => rank === 0);
      assert.ok(first.length >= causes.length * 0.6, lines.join('\n'));
      for (const { suspects } of causes) {
        for (const { factors, label } of suspects) {
          assert.notEqual(factors.length, 0, label);
          assert.ok(factors.every(({ reason }) => reason.text));
        }
      }
    });

    // Some outages begin shortly after a release of the same service that is
    // innocent of them: since when errors are more tells them apart, as far back
    // as the objectives are measured.
    test('of those confirmed or suspected nine in ten are right, all that are confirmed', async t => {
      const all = await told();
      const measured = await measuredFrom(all.map(({ incident }) => incident));
      const judged = all.map(({ incident, told: of }) => ({
        name: `${incident.service} ${incident.detectedAt}`,
        isMeasured:
          Date.parse(incident.detectedAt) - DAY >=
          (measured.get(incident.service) ?? Infinity),
        isCaused: causeOf(incident) !== undefined,
        named: of.suspects
          .filter(({ state }) => state === 'suspected' || state === 'confirmed')
          .map(({ factors, label, state }) => ({
            label,
            state,
            why: factors.map(({ reason }) => reason.text),
            isRight: incident.outages.some(
              ({ cause }) => cause && label.includes(cause.version),
            ),
          })),
      }));
      const figuresOf = (of: typeof judged) => {
        const named = of.flatMap(each => each.named);
        return {
          named: named.length,
          right: named.filter(({ isRight }) => isRight).length,
          caused: of.filter(({ isCaused }) => isCaused).length,
        };
      };
      const known = judged.filter(({ isMeasured }) => isMeasured);
      t.diagnostic(
        `where errors are known: ${JSON.stringify(figuresOf(known))}`,
      );
      t.diagnostic(`of all: ${JSON.stringify(figuresOf(judged))}`);
      const { named, right, caused } = figuresOf(known);
      const wrong = judged.flatMap(each =>
        each.named
          .filter(({ isRight }) => !isRight)
          .map(one => ({ ...each, ...one, named: undefined })),
      );
      assert.ok(caused >= 2, `${caused} with a cause`);
      assert.ok(right >= caused * 0.6, `${right} of ${caused} are named`);
      assert.deepEqual(
        wrong.filter(({ state }) => state === 'confirmed'),
        [],
      );
      // Of fewer than ten that are named one may be wrong.
      assert.ok(
        named - right <= Math.max(1, named * 0.1),
        `of ${named}: ${JSON.stringify(wrong, undefined, 1)}`,
      );
    });
  });
}

function causeOf({ outages }: TrueIncident) {
  return outages.find(({ cause }) => cause)?.cause;
}

function detected(instants: IncidentRecord['instants']): number {
  return Date.parse(instants.detectedAt.at ?? '');
}

function nameOf(incident: IncidentRecord): string {
  const at = new Date(detected(incident.instants)).toISOString();
  const services = incident.services.map(({ title }) => title).join('+');
  return `${services} ${at.slice(0, 19)}Z`;
}

function shownLine(incident: IncidentRecord): string {
  const { acknowledgedAt, resolvedAt } = incident.instants;
  const second = (at?: string) => at && `${at.slice(0, 19)}Z`;
  return [
    nameOf(incident),
    `acknowledged ${second(acknowledgedAt.at)}`,
    `resolved ${second(resolvedAt.at)}`,
    incident.state === 'resolved' ? 'over' : 'not over',
  ].join(', ');
}

function trueLine(incident: TrueIncident): string {
  return [
    `${incident.service} ${incident.detectedAt}`,
    `acknowledged ${incident.acknowledgedAt}`,
    `resolved ${incident.resolvedAt}`,
    incident.resolvedAt ? 'over' : 'not over',
  ].join(', ');
}
