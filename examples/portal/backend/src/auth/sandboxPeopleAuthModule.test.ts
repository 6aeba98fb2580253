import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { sandboxPeopleAuthModule } from './sandboxPeopleAuthModule';

const bo: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'bo', namespace: 'default' },
  spec: { memberOf: ['storefront'] },
  relations: [{ type: 'memberOf', targetRef: 'group:default/storefront' }],
};

const people = [
  {
    name: 'bo',
    displayName: 'Bo',
    email: 'bo@tern.example',
    userEntityRef: 'user:default/bo',
  },
  { name: 'gone', userEntityRef: 'user:default/gone' },
];

interface Answer {
  status: number;
  body: {
    error?: { name: string; message: string };
    profile?: { displayName?: string; email?: string };
    backstageIdentity?: {
      token: string;
      identity: { userEntityRef: string; ownershipEntityRefs: string[] };
    };
  };
}

describe('sandboxPeopleAuthModule', () => {
  const { NODE_ENV } = process.env;
  let stop: (() => Promise<void>) | undefined;

  afterEach(async () => {
    Object.assign(process.env, { NODE_ENV });
    await stop?.();
    stop = undefined;
  });

  async function start(options: {
    environment: 'development' | 'production';
    allowOutsideDevelopment?: boolean;
  }) {
    Object.assign(process.env, { NODE_ENV: options.environment });
    const backend = await startTestBackend({
      features: [
        authPlugin,
        sandboxPeopleAuthModule,
        catalogServiceMock.factory({ entities: [bo] }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            auth: {
              providers: {
                sandboxPeople: {
                  people,
                  dangerouslyAllowOutsideDevelopment:
                    options.allowOutsideDevelopment,
                },
              },
            },
          },
        }),
      ],
    });
    stop = () => backend.stop();
    const port = backend.server.port();

    return async function refresh(request: {
      query?: string;
      person?: string;
    }): Promise<Answer> {
      const response = await fetch(
        `http://localhost:${port}/api/auth/sandboxPeople/refresh${
          request.query ?? ''
        }`,
        {
          headers: request.person ? { 'X-Sandbox-Person': request.person } : {},
        },
      );
      return { status: response.status, body: await response.json() };
    };
  }

  it('signs in by one GET, with the groups the catalog says', async () => {
    const refresh = await start({ environment: 'development' });

    const { status, body } = await refresh({ query: '?person=bo' });

    expect(status).toBe(200);
    expect(body.profile).toEqual({
      displayName: 'Bo',
      email: 'bo@tern.example',
    });
    expect(body.backstageIdentity?.identity).toEqual({
      type: 'user',
      userEntityRef: 'user:default/bo',
      ownershipEntityRefs: ['user:default/bo', 'group:default/storefront'],
    });
    expect(body.backstageIdentity?.token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  it('takes the name from the header of the sign-in page', async () => {
    const refresh = await start({ environment: 'development' });

    const { body } = await refresh({ person: 'bo' });

    expect(body.backstageIdentity?.identity.userEntityRef).toBe(
      'user:default/bo',
    );
  });

  it.each([
    ['someone not listed', '?person=mallory', 403, 'NotAllowedError'],
    ['an entity ref', '?person=user:default/bo', 403, 'NotAllowedError'],
    ['nobody', '', 400, 'InputError'],
    ['an empty name', '?person=', 400, 'InputError'],
    ['two people', '?person=bo&person=gone', 400, 'InputError'],
    [
      'a person the catalog does not know',
      '?person=gone',
      503,
      'ServiceUnavailableError',
    ],
  ])('refuses %s', async (_, query, status, name) => {
    const refresh = await start({ environment: 'development' });

    const answer = await refresh({ query });

    expect(answer.status).toBe(status);
    expect(answer.body.error?.name).toBe(name);
    expect(answer.body.backstageIdentity).toBeUndefined();
  });

  it('refuses outside development', async () => {
    const refresh = await start({ environment: 'production' });

    const answer = await refresh({ query: '?person=bo' });

    expect(answer.status).toBe(403);
    expect(answer.body.error?.message).toContain(
      'dangerouslyAllowOutsideDevelopment',
    );
    expect(answer.body.backstageIdentity).toBeUndefined();
  });

  it('works outside development where that is asked for', async () => {
    const refresh = await start({
      environment: 'production',
      allowOutsideDevelopment: true,
    });

    await expect(refresh({ query: '?person=bo' })).resolves.toMatchObject({
      status: 200,
    });
  });
});
