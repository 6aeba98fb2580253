import { Random } from '../../random/Random';
import { people } from '../people';
import { DAY, HOUR, MINUTE, SECOND } from '../time';
import type { WorldState } from '../WorldState';
import type { ApplicationState, Operation } from './ApplicationState';
import { firstChartVersion } from './createApplication';
import { beginDrift, endDrift } from './drift';
import { inputsAt } from './inputsAt';
import { planStep } from './planStep';
import type { SyncFlow } from './SyncFlow';
import { firstDay, turns } from './turns';
import { userOf } from './userOf';

const chartVersions = [
  firstChartVersion,
  '4.11.3',
  '4.12.0',
  '4.12.1',
  '4.13.0',
];

/** What people and chance do to applications beside Git. */
export class Interference {
  readonly #world: WorldState;
  readonly #sync: SyncFlow;

  private constructor(world: WorldState, sync: SyncFlow) {
    this.#world = world;
    this.#sync = sync;
  }

  static create(options: { world: WorldState; sync: SyncFlow }): Interference {
    return new Interference(options.world, options.sync);
  }

  /** Plans that day, and has the next one planned. */
  planDay(midnight: number): void {
    const day = this.#world.dayIndex(midnight);
    const random = Random.create(this.#world.seed, 'interference', day);
    const at = midnight + 8 * HOUR + random.int(0, 90 * 60) * SECOND;
    for (const [name, turn] of Object.entries(turns)) {
      const offset = day - firstDay;
      const { applications, every, days } = turn;
      if (offset >= 0 && offset % every === 0) {
        const wanted = applications[(offset / every) % applications.length];
        const until = at + days * DAY;
        this.#begin(name as keyof typeof turns, wanted, at, until);
      }
    }
    if (day % 45 === 35) {
      this.#upgradeChart(midnight + 13 * HOUR, Math.floor(day / 45) + 1);
    }
    this.#world.queue.add({
      at: midnight + DAY,
      key: '!interference',
      run: () => this.planDay(midnight + DAY),
    });
  }

  #begin(
    turn: keyof typeof turns,
    name: string,
    at: number,
    until: number,
  ): void {
    // On the last of its clusters, where it is on several.
    const app = [...this.#world.applications.values()].findLast(
      each => each.plan.name === name,
    );
    if (!app) {
      return;
    }
    switch (turn) {
      case 'forgotten':
        this.#plan(app, at, 'off', () => this.#setAutomated(app, false, at));
        this.#plan(app, until, 'on', () =>
          this.#setAutomated(app, true, until),
        );
        break;
      case 'drift':
        app.driftUntil = until;
        this.#drift(app, at, until);
        break;
      case 'unreadable':
        this.#plan(app, at, 'unreadable', () => this.#break(app, at));
        this.#plan(app, until, 'readable', () => {
          app.error = undefined;
          this.#sync.compare(app, until);
        });
        break;
      default:
        this.#plan(app, at, 'self-heal', () => this.#selfHeal(app, at));
    }
  }

  #setAutomated(app: ApplicationState, automated: boolean, at: number): void {
    app.automated = automated;
    app.generation += 1;
    this.#sync.compare(app, at);
  }

  /** By hand, again and again until somebody syncs it for good. */
  #drift(app: ApplicationState, at: number, until: number): void {
    this.#plan(app, at, 'drift', () => {
      const isBusy =
        app.drift || app.sync.status !== 'Synced' || isRunning(app);
      if (!isBusy) {
        const by = userOf(this.#world, app, at);
        beginDrift({
          world: this.#world,
          app,
          drift: { at, by, kind: 'Deployment', field: 'spec.replicas' },
        });
        this.#plan(app, at + 20 * MINUTE, 'dry-run', when =>
          this.#dryRun(app, when, by),
        );
      }
      const again = at + 2 * HOUR;
      if (again < until) {
        this.#drift(app, again, until);
      } else {
        this.#plan(app, until, 'undrift', when => {
          if (app.drift) {
            this.#sync.start(app, when, people.dana.email);
          }
        });
      }
    });
  }

  /** Looks at what a sync would do. */
  #dryRun(app: ApplicationState, at: number, by: string): void {
    if (app.drift && app.live && !isRunning(app)) {
      const message = 'successfully synced (no more tasks)';
      this.#runAside(app, 'dry-run', at, { by, message });
    }
  }

  #selfHeal(app: ApplicationState, at: number): void {
    const world = this.#world;
    if (app.sync.status !== 'Synced' || isRunning(app) || !app.live) {
      return;
    }
    const by = userOf(world, app, at);
    beginDrift({
      world,
      app,
      drift: { at, by, kind: 'Deployment', field: 'spec.replicas' },
    });
    // Argo CD waits for five seconds before it heals.
    this.#plan(app, at + 5 * SECOND, 'heal', when => {
      if (!isRunning(app) && app.drift) {
        this.#runAside(app, 'selective', when, {
          message: 'successfully synced (all tasks run)',
        });
      }
    });
  }

  /** A sync that leaves no history. */
  #runAside(
    app: ApplicationState,
    kind: 'selective' | 'dry-run',
    at: number,
    told: { by?: string; message: string },
  ): void {
    const live = app.live!;
    const wanted = inputsAt(this.#world, app, at);
    const operation: Operation = {
      kind,
      phase: 'Running',
      startedAt: at,
      inputs: wanted.text === live.text ? wanted : live,
      ...told,
    };
    app.operation = operation;
    app.changedAt = at;
    this.#plan(app, at + 2 * SECOND, 'aside', when => {
      operation.phase = 'Succeeded';
      operation.finishedAt = when;
      if (kind === 'selective') {
        endDrift({ world: this.#world, app, at: when, selfHealed: true });
      }
      this.#sync.compare(app, when);
    });
  }

  #break(app: ApplicationState, at: number): void {
    const message =
      'Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = DeadlineExceeded desc = context deadline exceeded';
    app.error = { message, at };
    this.#sync.compare(app, at);
  }

  /** The platform's chart, one cluster after the other. */
  #upgradeChart(at: number, index: number): void {
    const version = chartVersions[index % chartVersions.length];
    const apps = [...this.#world.applications.values()].filter(
      each => each.plan.kind === 'chart',
    );
    apps.forEach((app, i) =>
      this.#plan(app, at + i * DAY, 'upgrade', when => {
        app.chartVersion = version;
        app.generation += 1;
        this.#sync.compare(app, when);
      }),
    );
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

function isRunning({ operation }: ApplicationState): boolean {
  return operation?.phase === 'Running';
}
