import {
  SUSPECT_RULES,
  type IncidentSaid,
  type OperationOutput,
  type Reason,
  type SuspectRecord,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { toNumber } from '../database';
import { iso } from '../http/range';
import type { PersonReads } from '../persons/PersonReads';
import type { ServiceStore } from '../services/ServiceStore';
import { serviceHeader } from '../summary/serviceHeader';
import type { SuspectRow, SuspectRecordJson } from '../suspects/suspectRows';
import { suspectStore } from '../suspects/suspectStore';
import type { TimelineReads } from '../timeline/TimelineReads';
import { seeing, type FoundIncident, type VisibleAmong } from './IncidentReads';
import { incidentIdOf } from './incidentRows';
import type { OnCallReads } from './OnCallReads';
import { saidInWords } from './saidInWords';
import { saidStore } from './saidStore';
import { visibleReferences, withNames } from './shownIncident';

const DAY_MS = 86_400_000;
/** As many as anybody reads; the timeline has them all. */
const MAX_BEFORE = 200;
/** The newest of what people said. */
const MAX_SAID = 100;

type Details = OperationOutput<'getIncident'>;

/** What is told of one incident besides itself. */
export class IncidentDetails {
  readonly #options: IncidentDetailsOptions;

  private constructor(options: IncidentDetailsOptions) {
    this.#options = options;
  }

  static create(options: IncidentDetailsOptions): IncidentDetails {
    return new IncidentDetails(options);
  }

  async of(options: {
    found: FoundIncident;
    visibleAmong: VisibleAmong;
  }): Promise<Omit<Details, 'canEdit' | 'asOf' | 'sources'>> {
    const { found } = options;
    const now = this.#options.now();
    const serviceIds = found.services
      .filter(({ visible }) => visible)
      .map(({ id }) => id);
    const { startedAt } = found.incident;
    const rows =
      (await suspectStore.load(this.#options.database, [found.row.id])).get(
        found.row.id,
      ) ?? [];
    const suspects = await this.#suspects(rows, options);
    const [before, underWay, onCall, services, said] = await Promise.all([
      this.#options.timeline.around({
        serviceIds,
        range: { from: startedAt - DAY_MS, to: startedAt },
        kinds: ['deployment', 'change'],
        limit: MAX_BEFORE,
      }),
      this.#options.timeline.underWay({
        serviceIds,
        at: startedAt,
        withinMs: SUSPECT_RULES.lookBackMs,
        limit: MAX_BEFORE,
      }),
      this.#options.onCall.of({ serviceIds, now }),
      this.#options.services.byIds(serviceIds),
      this.#said(found, suspects),
    ]);
    const runbooks = [
      ...found.shown.references.map(({ runbook }) => runbook),
      ...services.map(each => serviceHeader(each).runbook),
    ].filter(each => each !== undefined);
    return {
      incident: found.shown,
      ...suspects,
      // What the last cluster finished after it may well have caused it.
      before: [...underWay, ...before],
      onCall,
      runbooks: [...new Set(runbooks)],
      said: said.rows,
      moreSaid:
        said.total > said.rows.length
          ? said.total - said.rows.length
          : undefined,
    };
  }

  /** Suspects of services that the caller may see; of others how many they are. */
  async #suspects(
    rows: readonly SuspectRow[],
    options: { found: FoundIncident; visibleAmong: VisibleAmong },
  ): Promise<
    Pick<Details, 'suspects' | 'noChange' | 'fixes' | 'hiddenSuspects'>
  > {
    const ids = [
      ...new Set(rows.flatMap(({ service_id }) => service_id ?? [])),
    ];
    const [visible, services] = await Promise.all([
      options.visibleAmong(ids),
      this.#options.services.byIds(ids),
    ]);
    const sees = seeing(visible);
    const person = await this.#options.persons.named(personsIn(rows));
    const isSeen = ({ service_id }: SuspectRow) =>
      service_id === null || sees(service_id);
    const causes = rows.filter(({ role }) => role === 'cause');
    const names = new Map(services.map(each => [each.id, each]));
    const none = rows.find(({ role }) => role === 'none');
    const named = (reason: Reason) => ({
      ...reason,
      text: withNames(reason.text, person),
    });
    const told = ({ record }: SuspectRow) => {
      const { factors = [], ...rest } = JSON.parse(record) as SuspectRecordJson;
      return {
        ...rest,
        reasons: rest.reasons.map(named),
        factors: factors.map(each => ({
          ...each,
          reason: named(each.reason),
        })),
      };
    };
    return {
      suspects: causes.filter(isSeen).map((row): SuspectRecord => {
        const { label, factors, reasons, hops } = told(row);
        const service = names.get(row.service_id ?? '');
        return {
          id: row.candidate_id,
          kind: row.kind === 'change' ? 'change' : 'deployment',
          service: service && { ref: service.ref, title: service.title },
          label,
          at: iso(row.at ?? 0),
          environment: row.environment === '' ? undefined : row.environment,
          state: row.state,
          hops,
          score: row.score,
          probability: row.probability,
          factors,
          reasons,
        };
      }),
      hiddenSuspects: causes.filter(row => !isSeen(row)).length,
      fixes: rows
        .filter(row => row.role === 'fix' && isSeen(row))
        .map(row => {
          const { label, reasons } = told(row);
          return { id: row.candidate_id, label, reasons };
        }),
      noChange: none
        ? {
            state: none.state,
            probability: none.probability,
            reasons: told(none).reasons,
          }
        : { state: 'candidate', probability: 1, reasons: [] },
    };
  }

  async #said(
    { incident, services }: FoundIncident,
    { suspects, fixes }: Pick<Details, 'suspects' | 'fixes'>,
  ): Promise<{ rows: IncidentSaid[]; total: number }> {
    const { rows, total } = await saidStore.newest(
      this.#options.database,
      incident.references.map(incidentIdOf),
      { limit: MAX_SAID },
    );
    const person = await this.#options.persons.named(
      rows.flatMap(row => [row.person_id, row.taken_back_by ?? undefined]),
    );
    const titles = new Map(
      visibleReferences(incident, services).map(each => [
        incidentIdOf(each),
        each.title,
      ]),
    );
    // Of services that the caller may see.
    const labels = new Map(
      [...suspects, ...fixes].map(({ id, label }) => [id, label]),
    );
    return {
      total,
      rows: rows.map(row => ({
        id: row.id,
        at: iso(toNumber(row.at)),
        person: person(row.person_id),
        text: saidInWords(row, {
          nameOf: each =>
            titles.get(incidentIdOf(each)) ?? 'one of another incident',
          labelOf: id => labels.get(id) ?? 'A change',
        }),
        why: row.why ?? undefined,
        takenBack:
          row.taken_back_at === null
            ? undefined
            : {
                at: iso(toNumber(row.taken_back_at)),
                person: person(row.taken_back_by ?? ''),
              },
      })),
    };
  }
}

function personsIn(rows: readonly SuspectRow[]): string[] {
  return rows.flatMap(({ record }) => record.match(/\b[0-9a-f]{32}\b/g) ?? []);
}

/** What they are read with. */
export interface IncidentDetailsOptions {
  database: Knex;
  services: ServiceStore;
  persons: PersonReads;
  timeline: TimelineReads;
  onCall: OnCallReads;
  now: () => number;
}
