import type { Reason } from '../deployments/deployment';
import { MAX_SECONDS } from '../delivery/leadOf';
import { compareText } from './compareText';
import type { Incident } from './incident';
import type { SuspectVerdict } from './suspect';

/** An incident that a deployment caused, as far as is known. @public */
export interface LinkedIncident {
  id: string;
  title: string;
  state: 'confirmed' | 'suspected';
  /** Epoch milliseconds, as the others; absent where nobody tells it. */
  impactStartedAt?: number;
  detectedAt?: number;
  mitigatedAt?: number;
  resolvedAt?: number;
}

/** What incidents say of one deployment. @public */
export interface IncidentFailure {
  /** One or more incidents: it failed once. */
  isFailed: boolean;
  reasons: Reason[];
  /** Of failed ones only. */
  recovery?: IncidentRecovery;
}

/**
 * How long a deployment's failure lasted by its incidents; without `seconds`
 * while one of them is open, and where the end lies before the start (`anomaly`).
 *
 * @public
 */
export interface IncidentRecovery {
  /** Epoch milliseconds. */
  failureStartedAt: number;
  /** Epoch milliseconds; absent while it is open. */
  restoredAt?: number;
  seconds?: number;
  anomaly: boolean;
  how: 'incident' | 'open';
  /** The incident that ended last, or the first of those that are open. */
  incidentId: string;
  reasons: Reason[];
}

/**
 * The incidents that deployments are linked to, and those they mend, by the
 * deployment's id: confirmed ones, and suspected ones unless `confirmedOnly`.
 *
 * @public
 */
export function linkedIncidentsOf(options: {
  incidents: readonly {
    id: string;
    incident: Pick<Incident, 'title' | 'instants'>;
    verdict: Pick<SuspectVerdict, 'suspects' | 'fixes'>;
  }[];
  confirmedOnly?: boolean;
}): {
  causedBy: Map<string, LinkedIncident[]>;
  mendedBy: Map<string, LinkedIncident[]>;
} {
  const causedBy = new Map<string, LinkedIncident[]>();
  const mendedBy = new Map<string, LinkedIncident[]>();
  const sorted = [...options.incidents].sort((a, b) => compareText(a.id, b.id));
  for (const { id, incident, verdict } of sorted) {
    const { title, instants } = incident;
    const linked = verdict.suspects.flatMap(each => {
      const { state } = each;
      return each.kind === 'deployment' &&
        (state === 'confirmed' ||
          (state === 'suspected' && !options.confirmedOnly))
        ? [{ deploymentId: each.id, state }]
        : [];
    });
    const linkOf = (state: LinkedIncident['state']): LinkedIncident => ({
      id,
      title,
      state,
      ...told('impactStartedAt', instants),
      ...told('detectedAt', instants),
      ...told('mitigatedAt', instants),
      ...told('resolvedAt', instants),
    });
    for (const { deploymentId, state } of linked) {
      push(causedBy, deploymentId, linkOf(state));
    }
    // What mends an incident that no deployment caused is no fix of a deployment.
    const [strongest] = linked;
    for (const fix of strongest ? verdict.fixes : []) {
      push(mendedBy, fix.id, linkOf(strongest.state));
    }
  }
  return { causedBy, mendedBy };
}

/**
 * Whether a deployment failed by its incidents, and how long until they were
 * over: from the earliest start of an impact until the last was mitigated, else
 * resolved (metrics.md, "The five DORA metrics"). Where nobody tells when an
 * impact started that is the deployment's finish, or the detection before it:
 * what is detected has begun.
 *
 * @param options - `finishedAt`: of the deployment, epoch milliseconds
 *
 * @public
 */
export function incidentFailureOf(options: {
  finishedAt: number;
  incidents: readonly LinkedIncident[];
}): IncidentFailure {
  const incidents = [...options.incidents].sort((a, b) =>
    compareText(a.id, b.id),
  );
  if (incidents.length === 0) {
    return { isFailed: false, reasons: [] };
  }
  return {
    isFailed: true,
    reasons: incidents.map(({ state, title }) => ({
      code: `incident-${state}`,
      text:
        state === 'confirmed'
          ? `It caused an incident: ${title}`
          : `It is suspected to have caused an incident: ${title}`,
    })),
    recovery: recoveryOf(options.finishedAt, incidents),
  };
}

/**
 * Why a deployment is rework by the incidents that it mends; nothing where it
 * mends none.
 *
 * @public
 */
export function incidentReworkOf(mended: readonly LinkedIncident[]): Reason[] {
  return [...mended]
    .sort((a, b) => compareText(a.id, b.id))
    .map(({ title }) => ({
      code: 'fixes-incident',
      text: `It mends what caused an incident: ${title}`,
    }));
}

function recoveryOf(
  finishedAt: number,
  incidents: readonly LinkedIncident[],
): IncidentRecovery {
  const failureStartedAt = Math.min(
    ...incidents.map(
      ({ impactStartedAt, detectedAt = finishedAt }) =>
        impactStartedAt ?? Math.min(detectedAt, finishedAt),
    ),
  );
  const open = incidents.find(each => endOf(each) === undefined);
  if (open) {
    return {
      failureStartedAt,
      anomaly: false,
      how: 'open',
      incidentId: open.id,
      reasons: [
        {
          code: 'recovery-open',
          text: `It is neither mitigated nor resolved yet: ${open.title}`,
        },
      ],
    };
  }
  const last = incidents.reduce((best, each) =>
    (endOf(each) as number) > (endOf(best) as number) ? each : best,
  );
  const restoredAt = endOf(last) as number;
  const exact = (restoredAt - failureStartedAt) / 1000;
  const seconds = Math.round(exact);
  const anomaly = exact < 0 || seconds > MAX_SECONDS;
  const word = last.mitigatedAt === undefined ? 'resolved' : 'mitigated';
  return {
    failureStartedAt,
    restoredAt,
    ...(anomaly ? {} : { seconds }),
    anomaly,
    how: 'incident',
    incidentId: last.id,
    reasons: [
      {
        code: `incident-${word}`,
        text: `${
          incidents.length > 1 ? 'The last of its incidents' : 'Its incident'
        } was ${word}: ${last.title}`,
      },
      ...(anomaly
        ? [
            {
              code: 'negative-recovery',
              text: 'Left out, because it ended before the failure began',
            },
          ]
        : []),
    ],
  };
}

function endOf({ mitigatedAt, resolvedAt }: LinkedIncident) {
  return mitigatedAt ?? resolvedAt;
}

function told(
  name: 'impactStartedAt' | 'detectedAt' | 'mitigatedAt' | 'resolvedAt',
  instants: Incident['instants'],
): Partial<LinkedIncident> {
  const { at } = instants[name];
  return at === undefined ? {} : { [name]: at };
}

function push(
  map: Map<string, LinkedIncident[]>,
  key: string,
  value: LinkedIncident,
): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}
