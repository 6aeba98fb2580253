import type { SuspectDecision } from '@day2/backstage-plugin-day2-common';
import type { DeploymentObservation } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { addIncidentServices, minutes } from '../../__testUtils__/incidents';
import { deployment } from '../../__testUtils__/observations';
import { TestHub } from '../../__testUtils__/testHub';
import { inTransaction } from '../../database';
import { incidentIdOf } from '../../incidents/incidentRows';
import { saidStore } from '../../incidents/saidStore';
import { markSuspectsDirty } from '../dirtySuspects';

const FIRST = { source: 'pd', key: '1' };

/** Version `name` of service `a` at a minute, which took two. */
export function deployed(
  name: string,
  at: number,
  more: Partial<DeploymentObservation> & { application?: string } = {},
): DeploymentObservation {
  return deployment({
    key: `${more.application ?? 'a'} ${name} ${at}`,
    application: 'a',
    versionName: name,
    startedAt: minutes(at - 2),
    finishedAt: minutes(at),
    basis: 'synced',
    ...more,
  });
}

/** A hub with services `a` to `d`, and what it says of suspects in words. */
export class SuspectsHub {
  readonly hub: TestHub;

  private constructor(hub: TestHub) {
    this.hub = hub;
  }

  static async create(database: Knex): Promise<SuspectsHub> {
    const hub = await TestHub.create(database);
    await addIncidentServices(hub);
    return new SuspectsHub(hub);
  }

  async deploy(...observations: DeploymentObservation[]): Promise<void> {
    await this.hub.observe('argocd:a', observations);
    await this.hub.derive();
  }

  async dependsOn(from: string, to: string): Promise<void> {
    await this.hub.database('service_dependency').insert({
      service_id: from,
      depends_on: `component:default/${to}`,
      valid_from: 1,
    });
  }

  /** Judges the first incident anew. */
  async judge(): Promise<void> {
    await inTransaction(this.hub.database, transaction =>
      markSuspectsDirty(transaction, [incidentIdOf(FIRST)], this.hub.time),
    );
    await this.hub.derive();
  }

  /** Ann says so of a suspect of the first incident. */
  async decide(
    candidateId: string,
    verdict: SuspectDecision['verdict'],
  ): Promise<void> {
    await inTransaction(this.hub.database, transaction =>
      saidStore.add(
        transaction,
        {
          id: `${verdict} ${candidateId}`.slice(0, 40),
          incident_ref: JSON.stringify(FIRST),
          kind: 'suspect',
          body: JSON.stringify({ candidateId, verdict }),
          person_id: 'ann',
          at: this.hub.time,
          why: 'seen',
          taken_back_at: null,
          taken_back_by: null,
          taken_back_why: null,
        },
        [FIRST],
      ),
    );
    await this.judge();
  }

  /** `a 1.0 confirmed rolled-back`: causes of the first incident, likeliest first. */
  async told(role = 'cause'): Promise<string[]> {
    const rows = await this.hub
      .database('suspect')
      .where({ incident_id: incidentIdOf(FIRST), role })
      .orderBy('rank');
    return rows.map(row => {
      const { label, reasons } = JSON.parse(row.record);
      const codes = reasons.map(({ code }: { code: string }) => code);
      return [label.split('/').pop(), row.state, codes.join('+')].join(' ');
    });
  }

  /** `1.0 incident-suspected open 0`: those that failed or are rework, in minutes. */
  async delivered(): Promise<string[]> {
    const rows = await this.hub
      .database('delivery')
      .join('deployment', 'deployment.id', 'delivery.deployment_id')
      .orderBy('delivery.finished_at')
      .select('delivery.*', 'deployment.version');
    return rows.flatMap(row => {
      const { failed, rework } = JSON.parse(row.reasons);
      const codes = (of: { code: string }[]) => of.map(({ code }) => code);
      return [...failed, ...rework].length === 0
        ? []
        : [
            [
              row.version,
              ...codes(failed),
              ...codes(rework).map(code => `rework:${code}`),
              ...(row.recovery === null
                ? []
                : [`${row.recovery} ${row.recovery_seconds / 60}`]),
            ].join(' '),
          ];
    });
  }
}
