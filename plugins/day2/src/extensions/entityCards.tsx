import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';

const filter = { kind: 'component' };

/** The blueprint is still alpha upstream: this is the only file that uses it. */
export const day2EntityCards = [
  EntityCardBlueprint.make({
    name: 'what-changed',
    params: {
      type: 'content',
      filter,
      loader: () =>
        import('../timeline').then(({ EntityWhatChangedCard }) => (
          <EntityWhatChangedCard />
        )),
    },
  }),
  EntityCardBlueprint.make({
    name: 'running-versions',
    params: {
      type: 'content',
      filter,
      loader: () =>
        import('../services').then(({ EntityRunningVersionsCard }) => (
          <EntityRunningVersionsCard />
        )),
    },
  }),
];
