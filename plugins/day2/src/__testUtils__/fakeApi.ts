import type {
  Day2Api,
  Operation,
  OperationInput,
  OperationOutput,
} from '@day2/backstage-plugin-day2-common';
import {
  aDeliveryRecord,
  aScoreboard,
  aScoreboardRow,
} from './deliveryRecords';
import { aFleetRow, anApplication } from './gitopsRecords';
import {
  aPastIncident,
  anIncident,
  anIncidentAnswer,
  someOnCall,
} from './incidentRecords';
import { anObjective, anObjectiveChart } from './objectiveRecords';
import {
  aChange,
  aDeployment,
  anEntry,
  aService,
  aSource,
  aSummary,
  hoursAgo,
} from './records';

/** What a fake answers, by operation; each may fail by throwing. */
export type Answers = {
  [K in Operation]?: (
    input: OperationInput<K>,
  ) => OperationOutput<K> | Promise<OperationOutput<K>>;
};

/** A call as the page made it. */
export interface Call {
  operation: Operation;
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

const asOf = hoursAgo(0.01);
const standard: Answers = {
  getServiceSummary: () => aSummary(),
  listServiceTimeline: () => ({
    asOf,
    items: [
      anEntry(),
      anEntry({
        id: 'e-chg-1',
        kind: 'change',
        recordId: 'chg-1',
        at: hoursAgo(20),
        title: 'Retry card captures once',
        status: 'neutral',
        environment: undefined,
      }),
      anEntry({
        id: 'e-dep-0',
        recordId: 'dep-0',
        at: hoursAgo(90),
        title: '2.40.2 → 2.40.3',
        status: 'failed',
      }),
    ],
  }),
  listServiceDeployments: () => ({ asOf, items: [aDeployment()] }),
  listServiceChanges: () => ({ asOf, items: [aChange()] }),
  getDeployment: ({ params }) => ({
    asOf,
    deployment: aDeployment({ id: params.id }),
    commits: [
      {
        repository: 'payments-api',
        sha: '1a2b3c4d5e6f7a8b9c0d',
        title: 'Retry card captures once',
        author: { id: 'p-ana', name: 'Ana' },
        committedAt: hoursAgo(20),
        isMerge: false,
        leadSeconds: 12_000,
        issueKeys: ['PAY-42'],
        changeId: 'chg-1',
      },
    ],
    commitsCut: false,
  }),
  getChange: ({ params }) => ({
    asOf,
    change: aChange({ id: params.id }),
    deployments: [aDeployment()],
  }),
  listServices: () => ({ asOf, items: [aService()] }),
  listSources: () => ({
    asOf,
    canManage: true,
    queues: { sequences: 0, subjects: 0 },
    items: [aSource()],
  }),
  listQuarantine: () => ({ asOf, items: [] }),
  listEnvironments: () => ({
    asOf,
    items: aSummary().environments.map(({ name, tier }) => ({ name, tier })),
  }),
  getServiceGitops: () => ({
    asOf,
    items: [anApplication()],
    running: aSummary().header.running,
  }),
  listFleet: () => ({
    asOf,
    items: [aFleetRow()],
    facets: {
      owners: [{ ref: 'group:default/payments', services: 1 }],
      systems: [{ ref: 'system:default/payments', services: 1 }],
      sync: [{ state: 'ok', services: 1 }],
      total: 1,
    },
  }),
  listServiceObjectives: () => ({ asOf, items: [anObjective()] }),
  listObjectives: () => ({
    asOf,
    items: [anObjective()],
    facets: {
      owners: ['group:default/payments'],
      systems: ['system:default/payments'],
      states: { ok: 1 },
      total: 1,
    },
  }),
  getObjective: ({ params }) => ({
    asOf,
    objective: anObjective({ id: params.id }),
    chart: anObjectiveChart(),
  }),
  listServiceIncidents: ({ query }) => ({
    asOf,
    items: [anIncident(), aPastIncident()].filter(
      ({ state }) =>
        query?.state === undefined ||
        (query.state === 'unresolved') === (state !== 'resolved'),
    ),
    onCall: [someOnCall()],
  }),
  listIncidents: () => ({
    asOf,
    items: [anIncident(), aPastIncident()],
    editable: [anIncident().id, aPastIncident().id],
    facets: {
      owners: ['group:default/payments'],
      systems: ['system:default/payments'],
      unresolved: 1,
    },
  }),
  getIncident: () => anIncidentAnswer(),
  sayOfIncident: ({ params }) => ({ done: 'Said.', incidentId: params.id }),
  groupIncident: ({ params }) => ({ done: 'Done.', incidentId: params.id }),
  judgeSuspect: ({ params }) => ({ done: 'Judged.', incidentId: params.id }),
  takeBackOfIncident: ({ params }) => ({
    done: 'Taken back.',
    incidentId: params.id,
  }),
  getScoreboard: () => aScoreboard(),
  getServiceDelivery: ({ params, query }) => ({
    asOf,
    from: hoursAgo(30 * 24),
    to: hoursAgo(0),
    zone: 'UTC',
    comparedWith:
      query?.compare === 'false' ? undefined : aScoreboard().comparedWith,
    environments: ['production'],
    row: aScoreboardRow({
      grouping: 'service',
      ref: `component:default/${params.name}`,
      title: params.name,
      services: 1,
      ...(query?.compare === 'false' && {
        figures: aScoreboardRow().figures.map(each => ({
          ...each,
          previous: undefined,
          change: undefined,
        })),
      }),
    }),
  }),
  listDeliveryRecords: () => ({
    asOf,
    items: [aDeliveryRecord()],
    membership: 'then',
    hidden: 0,
  }),
  controlSource: () => ({ done: 'It was read: 3 new commits.' }),
};

/** A client that answers from memory and remembers what it was asked. */
export function fakeApi(answers: Answers = {}): Day2Api & { calls: Call[] } {
  const calls: Call[] = [];
  const all = { ...standard, ...answers };
  return {
    calls,
    call: async (operation, input) => {
      const { params, query, body } = input as Omit<Call, 'operation'>;
      calls.push({ operation, params, query, body });
      const answer = all[operation] as
        | ((given: unknown) => unknown)
        | undefined;
      if (!answer) {
        throw new Error(`the fake has no answer to ${operation}`);
      }
      return (await answer(input)) as never;
    },
  };
}

/** An error as the client throws it for an answer of that status. */
export function httpError(status: number, message = 'failed'): Error {
  return Object.assign(new Error(message), {
    name: 'ResponseError',
    statusCode: status,
    response: { status },
  });
}

/** What `fetch` throws where no answer came. */
export function networkError(): Error {
  return new TypeError('Failed to fetch');
}
