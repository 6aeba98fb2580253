import { Random } from '../../random/Random';
import type { DesiredMove } from '../records';
import { MINUTE, SECOND } from '../time';
import type { WorldState } from '../WorldState';
import type { ApplicationState, Operation } from './ApplicationState';
import { createApplication } from './createApplication';
import { endDrift } from './drift';
import { inputsAt } from './inputsAt';
import { outcomeOf, personDelay, type SyncOutcome } from './outcomeOf';
import {
  applicationKey,
  parentKey,
  plannedApplications,
} from './plannedApplications';
import { planStep } from './planStep';
import { rollOut } from './rollOut';
import { nextComparison } from './schedule';
import { userOf } from './userOf';

/** Plays the GitOps controllers, and the people who sync by hand. */
export class SyncFlow {
  readonly #world: WorldState;

  private constructor(world: WorldState) {
    this.#world = world;
  }

  /** It looks at every commit of desired state from then on. */
  static create(options: { world: WorldState }): SyncFlow {
    const flow = new SyncFlow(options.world);
    options.world.onDesired(move => flow.#desiredMoved(move));
    return flow;
  }

  /** Makes the applications and syncs each for the first time. */
  found(at: number): void {
    for (const plan of plannedApplications(this.#world)) {
      const app = createApplication({ world: this.#world, plan, at });
      this.#world.applications.set(plan.key, app);
      this.compare(app, at);
      if (!app.automated) {
        app.personAt = undefined;
        this.#plan(app, at + 20 * SECOND, 'first', when =>
          this.start(app, when, userOf(this.#world, app, at)),
        );
      }
    }
  }

  /** Looks at what is wanted now, and does about it what the policy says. */
  compare(app: ApplicationState, at: number): void {
    if (app.operation?.phase === 'Running') {
      // It looks again when that has ended.
      return;
    }
    app.comparedAt = at;
    if (app.error) {
      this.setSync(app, 'Unknown', at);
      return;
    }
    const wanted = inputsAt(this.#world, app, at);
    app.wanted = wanted;
    const isPending = app.dirty || wanted.text !== app.live?.text;
    this.setSync(app, isPending || app.drift ? 'OutOfSync' : 'Synced', at);
    if (!isPending) {
      app.personAt = undefined;
      if (wanted.landing && wanted.landing !== app.live?.landing) {
        app.unchanged.add(wanted.landing);
      }
    } else if (app.automated) {
      if (app.attempted !== wanted.text) {
        this.#plan(app, at + SECOND, 'automated', when =>
          this.start(app, when),
        );
      }
    } else if (!app.plan.automated && app.personAt === undefined) {
      this.#planPerson(app, at + personDelay({ world: this.#world, app, at }));
    }
  }

  setSync(
    app: ApplicationState,
    status: ApplicationState['sync']['status'],
    at: number,
  ): void {
    app.changedAt = at;
    if (app.sync.status !== status) {
      app.sync = { status, since: at };
    }
  }

  /** A full sync, by the controller or by a person. */
  start(app: ApplicationState, at: number, by?: string): void {
    const isTried = !by && app.attempted === app.wanted?.text;
    if (app.operation?.phase === 'Running' || app.error || isTried) {
      return;
    }
    if (!by && !app.automated && app.live) {
      return;
    }
    // A person asks for the branch, the controller for what it has compared.
    const inputs = by ? inputsAt(this.#world, app, at) : app.wanted!;
    const operation: Operation = {
      kind: 'full',
      phase: 'Running',
      startedAt: at,
      message: 'waiting for completion of hook or healthy state of resources',
      inputs,
      by,
    };
    const outcome = outcomeOf({ world: this.#world, app, inputs, at });
    app.attempted = inputs.text;
    app.personAt = undefined;
    app.operation = operation;
    app.syncs.push(operation);
    app.changedAt = at;
    this.#plan(app, at + outcome.seconds * SECOND, 'finish', when =>
      this.#finish(app, operation, outcome, when),
    );
  }

  #desiredMoved({ spec, slots, at }: DesiredMove): void {
    for (const slot of slots) {
      const key =
        spec.delivery === 'argocd'
          ? parentKey(slot.environment)
          : applicationKey(spec, slot);
      const app = this.#world.applications.get(key);
      if (app) {
        const next = this.#world.hurried.has(spec.name)
          ? at + 3 * SECOND
          : nextComparison(app.plan, at);
        this.#plan(app, next, 'compare', when => this.compare(app, when));
      }
    }
  }

  #finish(
    app: ApplicationState,
    operation: Operation,
    outcome: SyncOutcome,
    at: number,
  ): void {
    operation.finishedAt = at;
    if (outcome.failure) {
      operation.phase = 'Failed';
      operation.message = outcome.failure;
      app.dirty = true;
      if (outcome.isTransient && app.automated) {
        const random = Random.create(
          this.#world.seed,
          'retry',
          app.plan.key,
          at,
        );
        this.#planPerson(app, at + random.int(12, 50) * MINUTE);
      }
    } else {
      operation.phase = 'Succeeded';
      operation.message = 'successfully synced (all tasks run)';
      operation.historyId = app.syncs.filter(
        ({ historyId }) => historyId !== undefined,
      ).length;
      const { live } = app;
      app.live = operation.inputs;
      app.dirty = false;
      endDrift({ world: this.#world, app, at, selfHealed: false });
      if (live?.rolling !== operation.inputs.rolling) {
        rollOut({ world: this.#world, app, operation, outcome, at });
      }
      this.#applyChildren(app, at);
    }
    this.compare(app, at);
  }

  /** An application of applications has changed their specs. */
  #applyChildren({ plan, live }: ApplicationState, at: number): void {
    if (plan.kind !== 'parent') {
      return;
    }
    const { tree } = this.#world
      .repository(plan.repository!, 'gitops')
      .find(live!.revision)!;
    for (const path of plan.paths) {
      const [, environment, file] = path.split('/');
      const name = `${file.replace(/\.yaml$/, '')}-${environment}`;
      const child = this.#world.applications.get(
        `${plan.instance}/argocd/${name}`,
      );
      const text = tree.read(path) ?? '';
      if (child && child.applied?.text !== text) {
        child.applied = { text, revision: live!.revision };
        child.generation += 1;
        child.changedAt = at;
        this.#plan(child, at + SECOND, 'compare', when =>
          this.compare(child, when),
        );
      }
    }
  }

  #planPerson(app: ApplicationState, at: number): void {
    app.personAt = at;
    this.#plan(app, at, 'person', when => {
      if (app.personAt === when) {
        app.personAt = undefined;
        this.start(app, when, userOf(this.#world, app, when));
      }
    });
  }

  #plan(
    app: ApplicationState,
    at: number,
    step: string,
    run: (at: number) => void,
  ): void {
    planStep({ world: this.#world, app, at, step, run });
  }
}
