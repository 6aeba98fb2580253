import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';

const filter = { kind: 'component' };

/** Cards of a service. The blueprint is still alpha upstream: this is the only file that uses it. */
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
  EntityCardBlueprint.make({
    name: 'sync',
    params: {
      type: 'content',
      filter,
      loader: () =>
        import('../gitops').then(({ EntitySyncCard }) => <EntitySyncCard />),
    },
  }),
  EntityCardBlueprint.make({
    name: 'objectives',
    params: {
      type: 'content',
      filter,
      loader: () =>
        import('../objectives').then(({ EntityObjectivesCard }) => (
          <EntityObjectivesCard />
        )),
    },
  }),
  EntityCardBlueprint.make({
    name: 'incidents',
    params: {
      type: 'content',
      filter,
      loader: () =>
        import('../incidents').then(({ EntityIncidentsCard }) => (
          <EntityIncidentsCard />
        )),
    },
  }),
  EntityCardBlueprint.make({
    name: 'delivery',
    params: {
      type: 'content',
      filter,
      loader: () =>
        import('../delivery').then(({ EntityDeliveryCard }) => (
          <EntityDeliveryCard />
        )),
    },
  }),
];

/** Cards of a group of people. */
export const day2GroupCards = [
  EntityCardBlueprint.make({
    name: 'group-delivery',
    params: {
      type: 'content',
      filter: { kind: 'group' },
      loader: () =>
        import('../delivery').then(({ EntityGroupDeliveryCard }) => (
          <EntityGroupDeliveryCard />
        )),
    },
  }),
];
