import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type {
  IncidentRecord,
  OperationOutput,
} from '@day2/backstage-plugin-day2-common';
import { expectLines, mapParallel, readTruth, until } from '../../support';
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
    // innocent of them: since when errors are more tells them apart.
    test('of those confirmed or suspected nine in ten are right, all that are confirmed', async t => {
      const all = await told();
      const named = all.flatMap(({ incident, told: of }) =>
        of.suspects
          .filter(({ state }) => state === 'suspected' || state === 'confirmed')
          .map(({ factors, label, state }) => ({
            name: `${incident.service} ${incident.detectedAt}`,
            kinds: incident.outages.map(({ kind }) => kind),
            label,
            state,
            why: factors.map(({ reason }) => reason.text),
            isRight: incident.outages.some(
              ({ cause }) => cause && label.includes(cause.version),
            ),
          })),
      );
      const caused = all.filter(({ incident }) => causeOf(incident)).length;
      const right = named.filter(({ isRight }) => isRight).length;
      const wrong = named.filter(({ isRight }) => !isRight);
      t.diagnostic(
        `${right} of ${named.length} named are right, of ${caused} that a release caused`,
      );
      assert.ok(right >= caused * 0.6, `${right} of ${caused} are named`);
      assert.deepEqual(
        wrong.filter(({ state }) => state === 'confirmed'),
        [],
      );
      // Of fewer than ten that are named one may be wrong.
      assert.ok(
        wrong.length <= Math.max(1, named.length * 0.1),
        `of ${named.length}: ${JSON.stringify(wrong, undefined, 1)}`,
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
