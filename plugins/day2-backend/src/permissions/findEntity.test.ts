import { mockCredentials } from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { findEntity } from './findEntity';

describe('findEntity', () => {
  const answer = async (status: number) => {
    const catalog = catalogServiceMock.mock({
      getEntityByRef: async () => {
        throw await ResponseError.fromResponse(
          new Response('{}', { status, statusText: 'no' }) as any,
        );
      },
    });
    return findEntity({
      catalog,
      ref: 'component:default/a%20b',
      credentials: mockCredentials.user(),
    });
  };

  it.each([400, 404])('is none where the catalog answers %d', async status => {
    expect(await answer(status)).toBeUndefined();
  });

  it.each([401, 403, 500, 503])(
    'does not take %d for an answer',
    async status => {
      await expect(answer(status)).rejects.toThrow(String(status));
    },
  );
});
