import { objectHash } from '../../git/objectHash';
import type { Landing } from '../records';
import type { WorldState } from '../WorldState';
import type { ApplicationState, Inputs } from './ApplicationState';

/** What an application wants of the tip of main at an instant. */
export function inputsAt(
  world: WorldState,
  app: ApplicationState,
  at: number,
): Inputs {
  const { plan } = app;
  if (!plan.repository) {
    const revision = app.chartVersion ?? '';
    return { revision, text: revision, rolling: revision };
  }
  const tip = world.repository(plan.repository, 'gitops').tipAt(at)!;
  const read = (path: string) => tip.tree.read(path) ?? '';
  const parameters = app.applied?.text ?? '';
  // A ConfigMap that no pod template names by a hash replaces no pod.
  const rolling = plan.paths.filter(
    path => plan.kind !== 'kustomize' || !path.endsWith('/config.yaml'),
  );
  return {
    revision: tip.sha,
    text: digest([...plan.paths.map(read), parameters]),
    rolling: digest([...rolling.map(read), parameters]),
    ...(app.applied && { applied: app.applied.text }),
    landing: landingAt(world, app, app.applied?.revision ?? tip.sha),
  };
}

function digest(texts: string[]): string {
  return objectHash('blob', texts.join('\u0000'));
}

/** The last version that was asked for by that commit or one before it. */
function landingAt(
  world: WorldState,
  app: ApplicationState,
  sha: string,
): Landing | undefined {
  const { slot, service, repository } = app.plan;
  if (!slot || !service) {
    return undefined;
  }
  const { own } = app.landings;
  for (; app.landings.seen < world.landings.length; app.landings.seen += 1) {
    const landing = world.landings[app.landings.seen];
    if (
      landing.service === service &&
      landing.environment === slot.environment &&
      landing.target === slot.target
    ) {
      own.push(landing);
    }
  }
  const model = world.repository(repository!, 'gitops');
  const { landed } = model.find(sha)!;
  return own.findLast(each => model.find(each.sha!)!.landed <= landed);
}
