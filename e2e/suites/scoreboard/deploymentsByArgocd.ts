import type { DeploymentTruth, SyncTruth, Truth } from '@day2/sandbox';
import { deploymentsByGit } from './deploymentsByGit';
import type { TrueDeployment } from './truth';

const DAY = 24 * 3_600_000;
const WEEK = 7 * DAY;
/** Syncs that Argo CD keeps of an application. */
const HISTORY = 10;

/** A version asked for by Git in the place that an application runs. */
interface Landing {
  deployment: DeploymentTruth;
  at: number;
  sha: string;
  /** Of the first sync that put it live. */
  historyId?: number;
}

/** A version that came to a target, or that was tried there in vain. */
interface Arrival {
  target: string;
  deployment: DeploymentTruth;
  /** When it was synced, or asked for: what orders them. */
  at: number;
  finishedAt: number;
  rollout: TrueDeployment['rollout'];
}

/**
 * The deployments of a service to production where Argo CD tells of them: what
 * the syncs that it keeps put live, and Git's before those (ADR 7). A service
 * that no Argo CD runs has those of Git.
 */
export function deploymentsByArgocd(
  truth: Truth,
  service: string,
): TrueDeployment[] {
  const applications = new Set(
    truth.syncs
      .filter(
        each => each.service === service && each.environment === 'production',
      )
      .map(({ application }) => application),
  );
  if (applications.size === 0) {
    return deploymentsByGit(truth, service);
  }
  const arrivals = [...applications].flatMap(application =>
    arrivalsOf({ truth, service, application }),
  );
  return group(arrivals.sort((a, b) => a.at - b.at)).map(toDeployment);
}

function arrivalsOf(options: {
  truth: Truth;
  service: string;
  application: string;
}): Arrival[] {
  const { truth, application } = options;
  const [target] = application.split('/');
  const landings = landingsOf(options);
  const syncs = truth.syncs.filter(each => each.application === application);
  const history = syncs.filter(({ historyId }) => historyId !== undefined);
  const kept = history.slice(-HISTORY);
  const ofSync = (sync: SyncTruth) =>
    landings.findLast(
      ({ historyId }) =>
        historyId !== undefined && historyId <= sync.historyId!,
    )!;
  const state = truth.syncStates.find(each => each.application === application);
  const isWell = state?.sync === 'Synced' && state.health === 'Healthy';

  const arrivals = kept.flatMap((sync, i): Arrival[] => {
    // A sync that changes no version deploys nothing.
    if (i > 0 && kept[i - 1].version === sync.version) {
      return [];
    }
    const landing = ofSync(sync);
    const { deployment } = landing;
    const at = Date.parse(sync.finishedAt!);
    // Of the first that is known nobody says what was there before.
    const wasThere =
      i === 0 && sync.revision !== landing.sha && at - landing.at > DAY;
    const since = wasThere ? landing.at : at;
    // Argo CD says since when it is healthy of the newest alone.
    const isNewest = sync === history.at(-1);
    const healthyAt = isNewest && isWell && !wasThere && sync.healthyAt;
    return [
      {
        target,
        deployment,
        at: since,
        finishedAt: healthyAt ? Date.parse(healthyAt) : since,
        rollout: 'succeeded',
      },
    ];
  });
  const asked = landings
    .filter(each => each.at < arrivals[0].at && each !== ofSync(kept[0]))
    .map(
      ({ at, deployment }): Arrival => ({
        target,
        deployment,
        at,
        finishedAt: at,
        rollout: 'unknown',
      }),
    );
  const tried = triedLast({ target, landings, last: syncs.at(-1)! });
  const runs = arrivals.at(-1)?.deployment.version;
  return [
    ...asked,
    ...arrivals,
    ...(tried && tried.deployment.version !== runs ? [tried] : []),
  ];
}

/** Of syncs that failed Argo CD tells the last operation alone. */
function triedLast(options: {
  target: string;
  landings: Landing[];
  last: SyncTruth;
}): Arrival | undefined {
  const { target, landings, last } = options;
  const landing = landings.findLast(
    ({ deployment }) => deployment.version === last.version,
  );
  if (last.phase !== 'Failed' || !landing) {
    return undefined;
  }
  const at = Date.parse(last.finishedAt!);
  const { deployment } = landing;
  return { target, deployment, at, finishedAt: at, rollout: 'failed' };
}

function landingsOf(options: {
  truth: Truth;
  service: string;
  application: string;
}): Landing[] {
  const { truth, service, application } = options;
  return truth.deployments
    .filter(
      each => each.service === service && each.environment === 'production',
    )
    .flatMap(deployment =>
      deployment.targets.flatMap(({ finishedAt, commit, sync }) =>
        commit && sync?.application === application
          ? [
              {
                deployment,
                at: Date.parse(finishedAt),
                sha: commit.sha,
                historyId: sync.historyId,
              },
            ]
          : [],
      ),
    )
    .sort((a, b) => a.at - b.at);
}

/**
 * One version on several targets is one deployment, but a target that had it,
 * went on and comes back to it begins another. What comes late is told with it
 * and is no part of it, so it is left out (ADR 9).
 */
function group(arrivals: Arrival[]): Arrival[][] {
  const groups: Arrival[][] = [];
  const late = new Set<Arrival>();
  const runs = new Map<string, Arrival[]>();
  const isLate = (arrival: Arrival, of: Arrival[]) => {
    const since = of.findLast(each => !late.has(each))!.at;
    return arrival.at - since > (runs.has(arrival.target) ? WEEK : DAY);
  };
  for (const arrival of arrivals) {
    const { target, deployment } = arrival;
    const own = groups.indexOf(runs.get(target) ?? []);
    const open = groups
      .slice(own + 1)
      .findLast(
        each =>
          each[0].deployment.version === deployment.version &&
          each.every(other => other.target !== target) &&
          (!isLate(arrival, each) ||
            each.some(({ rollout }) => rollout !== 'failed')),
      );
    const into = open ?? [];
    if (open && isLate(arrival, open)) {
      late.add(arrival);
    }
    if (!open) {
      groups.push(into);
    }
    into.push(arrival);
    if (arrival.rollout !== 'failed') {
      runs.set(target, into);
    }
  }
  return groups.map(each => each.filter(arrival => !late.has(arrival)));
}

function toDeployment(arrivals: Arrival[]): TrueDeployment {
  const [{ deployment }] = arrivals;
  const live = arrivals.filter(({ rollout }) => rollout !== 'failed');
  const reached = live.length > 0 ? live : arrivals;
  const finishes = reached.map(({ finishedAt }) => finishedAt);
  const says = (word: TrueDeployment['rollout']) =>
    arrivals.some(({ rollout }) => rollout === word);
  const told = says('succeeded') ? 'succeeded' : 'unknown';
  return {
    service: deployment.service,
    version: deployment.version,
    sha: deployment.application.sha,
    firstFinishedAt: Math.min(...finishes),
    finishedAt: Math.max(...finishes),
    targets: live.map(({ target: name, finishedAt }) => ({ name, finishedAt })),
    rollout: says('failed') ? 'failed' : told,
    live: live.length > 0,
    marked: arrivals.some(
      each => each.deployment.unplanned && !each.deployment.rollback,
    ),
  };
}
