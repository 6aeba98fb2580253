import type { ReactElement } from 'react';
import type { RenderResult } from '@testing-library/react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { useLocation, useNavigate } from 'react-router-dom';
import { day2ApiRef } from '../api';
import { rootRouteRef } from '../routes';
import { fakeApi, type Answers } from './fakeApi';

/** The catalog's entity of the fixtures. */
export const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'payments-api', namespace: 'default' },
  spec: { type: 'service', owner: 'payments', lifecycle: 'production' },
};

/**
 * Renders a page or card with a backend in memory, below the entity of the
 * fixtures. `query()` is the address bar; `back()` the browser's button.
 */
export function renderDay2(
  element: ReactElement,
  options: { answers?: Answers; query?: string; of?: typeof entity } = {},
): RenderResult & {
  api: ReturnType<typeof fakeApi>;
  query: () => URLSearchParams;
  back: () => void;
} {
  const api = fakeApi(options.answers);
  let search = '';
  let goBack: () => void = () => {};
  function AddressBar() {
    search = useLocation().search;
    const navigate = useNavigate();
    goBack = () => navigate(-1);
    return null;
  }
  const rendered = renderInTestApp(
    <EntityProvider entity={options.of ?? entity}>
      <AddressBar />
      {element}
    </EntityProvider>,
    {
      apis: [
        [day2ApiRef, api],
        [catalogApiRef, catalogApiMock({ entities: [entity] })],
      ],
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/day2': rootRouteRef,
      },
      initialRouteEntries: [`/${options.query ?? ''}`],
    },
  );
  return {
    ...rendered,
    api,
    query: () => new URLSearchParams(search),
    back: () => goBack(),
  };
}
