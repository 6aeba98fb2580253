import { ChangeWorker } from '../changes/ChangeWorker';
import { CellWorker } from '../delivery/CellWorker';
import { SequenceWorker } from '../deployments/SequenceWorker';
import { EffectQueue } from '../effects/EffectQueue';
import { ApplicationWorker } from '../gitops/ApplicationWorker';
import type { IncidentDeriver } from '../incidents/IncidentDeriver';
import { IncidentWorker } from '../incidents/IncidentWorker';
import { ObjectiveWorker } from '../objectives/ObjectiveWorker';
import { MatchingJob } from '../subjects/MatchingJob';
import { IncidentSuspects } from '../suspects/IncidentSuspects';
import { SuspectDeriver } from '../suspects/SuspectDeriver';
import { SuspectWorker } from '../suspects/SuspectWorker';
import type { DeriveFailures } from './DeriveFailures';
import type { DeriveWorkerOptions } from './DeriveWorkerOptions';
import type { DerivedWork } from './DerivedWork';

/** One kind of work, done a small piece at a time. */
export interface DeriveStep {
  /** Names it among failures. */
  name: string;
  /** What its pieces are counted as. */
  counts?: keyof DerivedWork;
  /** @returns how many pieces were worked on; 0 where there is nothing to do */
  run(signal: AbortSignal): Promise<number>;
  pending?(): Promise<number>;
}

/**
 * The kinds of work in their order: the next one comes once all before it have
 * nothing to do. What people wait for at night goes before what is long.
 */
export function deriveSteps(
  options: Required<DeriveWorkerOptions> & { failures: DeriveFailures },
): { steps: DeriveStep[]; incidentDeriver: IncidentDeriver } {
  const work = { ...options, effects: EffectQueue.create(options) };
  const matching = MatchingJob.create(work);
  const applications = ApplicationWorker.create(work);
  const sequences = SequenceWorker.create(work);
  const changes = ChangeWorker.create(work);
  const cells = CellWorker.create(work);
  const deriver = SuspectDeriver.create(work);
  const suspects = SuspectWorker.create({ ...work, deriver });
  const incidents = IncidentWorker.create({
    suspects: IncidentSuspects.create({ deriver }),
    ...work,
    ...work.incidents,
  });
  const objectives = ObjectiveWorker.create({ ...work, ...work.objectives });
  const steps: DeriveStep[] = [
    {
      name: 'match',
      counts: 'subjects',
      run: () => matching.matchChunk(),
      pending: () => matching.pending(),
    },
    { name: 'retie', run: () => matching.retieChunk() },
    {
      name: 'incidents',
      counts: 'incidents',
      run: () => incidents.runChunk(),
      pending: () => incidents.pending(),
    },
    {
      name: 'objectives',
      counts: 'objectives',
      run: () => objectives.runChunk(),
      pending: () => objectives.pending(),
    },
    {
      // Before the sequences, whose versions it may find the revisions of.
      name: 'applications',
      counts: 'applications',
      run: signal => applications.runChunk(signal),
      pending: () => applications.pending(),
    },
    {
      name: 'sequences',
      counts: 'sequences',
      run: () => sequences.runOne(),
      pending: () => sequences.pending(),
    },
    {
      name: 'changes',
      counts: 'changes',
      run: () => changes.runChunk(),
      pending: () => changes.pending(),
    },
    {
      // After what may have caused incidents, before the figures that it changes.
      name: 'suspects',
      counts: 'incidents',
      run: () => suspects.runChunk(),
      pending: () => suspects.pending(),
    },
    { name: 'cells', run: () => cells.runChunk() },
    // Last: what sources say now goes before what definitions change.
    { name: 'definitions', run: () => sequences.markOlder() },
  ];
  return { steps, incidentDeriver: incidents.deriver };
}
