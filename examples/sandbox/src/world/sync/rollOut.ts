import { SECOND } from '../time';
import type { WorldState } from '../WorldState';
import type { ApplicationState, Operation } from './ApplicationState';
import type { SyncOutcome } from './outcomeOf';
import { planStep } from './planStep';

/** What becomes of the pods after a sync that replaces them. */
export function rollOut(options: {
  world: WorldState;
  app: ApplicationState;
  operation: Operation;
  outcome: SyncOutcome;
  at: number;
}): void {
  const { world, app, operation, outcome, at } = options;
  const later = (
    seconds: number | undefined,
    step: string,
    change: (when: number) => void,
  ) => {
    if (seconds === undefined) {
      return;
    }
    planStep({
      world,
      app,
      step,
      at: at + seconds * SECOND,
      run: when => {
        // Unless another sync has taken its place.
        if (app.live === operation.inputs) {
          change(when);
          app.changedAt = when;
        }
      },
    });
  };
  app.health = { status: 'Progressing', at };
  later(outcome.healthySeconds, 'healthy', when => {
    app.health = { status: 'Healthy', at: when };
    operation.healthyAt = when;
  });
  later(outcome.degradedSeconds, 'degraded', when => {
    const message = `Deployment "${app.plan.service}" exceeded its progress deadline`;
    app.health = { status: 'Degraded', at: when, message };
    operation.degradedAt = when;
  });
}
