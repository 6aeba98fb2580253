import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  signalsServiceRef,
  type SignalPayload,
  type SignalsService,
} from '@backstage/plugin-signals-node';
import type { JsonObject } from '@backstage/types';
import {
  day2SourcesExtensionPoint,
  type Source,
} from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import request from 'supertest';
import { day2Plugin } from '../plugin';
import {
  catalogOfPeople,
  permissionsOfPeople,
  userInfoOfPeople,
} from './people';

/** The plugin as a portal runs it, with people, a catalog and sources of the test's. */
export async function startHub(options: {
  database: Knex;
  entities: () => Entity[];
  sources?: Source[];
  config?: JsonObject;
}) {
  const auditor = mockServices.auditor.mock();
  const audit: {
    eventId: string;
    status: 'succeeded' | 'failed';
    meta?: JsonObject;
  }[] = [];
  auditor.createEvent.mockImplementation(async ({ eventId, meta }) => ({
    success: async () => {
      audit.push({ eventId, status: 'succeeded', meta });
    },
    fail: async () => {
      audit.push({ eventId, status: 'failed', meta });
    },
  }));
  const signals: SignalPayload[] = [];
  const backend = await startTestBackend({
    features: [
      day2Plugin,
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: (): SignalsService => ({
          publish: async payload => {
            signals.push(payload);
          },
        }),
      }),
      createBackendModule({
        pluginId: 'day2',
        moduleId: 'test-sources',
        register(reg) {
          reg.registerInit({
            deps: { sources: day2SourcesExtensionPoint },
            async init({ sources }) {
              for (const source of options.sources ?? []) {
                sources.addSource(source);
              }
            },
          });
        },
      }),
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost:7007' },
          ...options.config,
        },
      }),
      mockServices.database.factory({ knex: options.database }),
      auditor.factory,
      permissionsOfPeople(),
      userInfoOfPeople(),
      catalogOfPeople(options.entities),
    ],
  });
  const call = (
    method: 'get' | 'post',
    path: string,
    as: string,
  ): request.Test =>
    request(backend.server)
      [method](`/api/day2${path}`)
      .set('authorization', as);
  return {
    call,
    audit,
    signals,
    /** Of the API, for requests that are made by hand. */
    url: `http://localhost:${backend.server.port()}/api/day2`,
    stop: () => backend.stop(),
  };
}

/** A source that says what it is told to, once. */
export function sourceOf(options: {
  id: string;
  pull?: Source['pull'];
  kinds?: Source['kinds'];
  everySeconds?: number;
}): Source {
  return {
    id: options.id,
    type: options.id.split(':')[0],
    title: options.id.split(':')[1],
    kinds: options.kinds ?? ['deployment', 'change'],
    everySeconds: options.everySeconds ?? 3600,
    pull:
      options.pull ??
      async function* pull() {
        yield { observations: [], cursor: { done: true } };
      },
  };
}
