import ReactDOM from 'react-dom/client';
import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import day2Plugin from '../src';
import { day2ApiRef } from '../src/api';
import { createFakeWorld } from './fakeWorld';
// This page is the portal here, so it brings the portal's styles.
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend
import '@backstage/ui/css/styles.css';

const entities = ['payments-api', 'ledger', 'checkout', 'currency-rates'].map(
  name => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', uid: name },
    spec: { type: 'service', lifecycle: 'production', owner: 'payments' },
  }),
);

const team = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'payments', namespace: 'default', uid: 'g-payments' },
  spec: { type: 'team', children: [] },
};

const app = createApp({
  features: [
    catalogPlugin,
    day2Plugin,
    createFrontendModule({
      pluginId: 'catalog',
      extensions: [
        ApiBlueprint.make({
          params: define =>
            define({
              api: catalogApiRef,
              deps: {},
              factory: () => catalogApiMock({ entities: [...entities, team] }),
            }),
        }),
      ],
    }),
    createFrontendModule({
      pluginId: 'day2',
      extensions: [
        ApiBlueprint.make({
          name: 'client',
          params: define =>
            define({ api: day2ApiRef, deps: {}, factory: createFakeWorld }),
        }),
      ],
    }),
  ],
});

ReactDOM.createRoot(document.getElementById('root')!).render(app.createRoot());
