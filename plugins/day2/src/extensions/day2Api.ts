import {
  ApiBlueprint,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { createDay2Api, day2ApiRef } from '../api';

export const day2Api = ApiBlueprint.make({
  name: 'client',
  params: defineParams =>
    defineParams({
      api: day2ApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: createDay2Api,
    }),
});
