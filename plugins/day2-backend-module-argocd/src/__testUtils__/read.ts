import { at, createApplication } from './applications';
import type { RawApplication } from './FakeArgocd';
import type { PlaceRule } from '../placeRules';
import { Application } from '../schema';
import { describeApplication } from '../mapping/describeApplication';
import { toApplication } from '../mapping/toApplication';
import { toDeployments } from '../mapping/toDeployments';

/** What is otherwise than usual. */
export type Change = (app: RawApplication & { status: any; spec: any }) => void;

/** What is said of an application `cart-production` with two syncs. */
export function read(
  change: Change = () => {},
  environments: PlaceRule[] = [],
) {
  const raw = createApplication({ name: 'cart-production' });
  change(raw as RawApplication & { status: any; spec: any });
  const described = describeApplication(Application.parse(raw), {
    name: 'eu',
    frontendUrl: 'https://argocd.tern.example',
    environments,
  });
  const { deployments, unnamed } = toDeployments(described);
  return {
    state: toApplication(described),
    deployments,
    unnamed,
    keys: deployments.map(({ key }) => key),
    byKey: (key: string) =>
      deployments.find(
        each => each.key === `uid-argocd-cart-production:${key}`,
      ),
  };
}

/** The same as epoch milliseconds. */
export const ms = (minutes: number) => Date.parse(at(minutes));
