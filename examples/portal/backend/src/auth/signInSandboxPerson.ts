import { isError, ServiceUnavailableError } from '@backstage/errors';
import { SignInResolver } from '@backstage/plugin-auth-node';
import { SandboxPerson } from './readSandboxPeople';

/**
 * Issues a token for the catalog user the person stands for, with the groups
 * the catalog says.
 *
 * There is no token without the catalog's word, unlike with the guest: for an
 * hour it would lack the person's groups.
 */
export const signInSandboxPerson: SignInResolver<SandboxPerson> = async (
  { result: person },
  ctx,
) => {
  try {
    return await ctx.signInWithCatalogUser({
      entityRef: person.userEntityRef,
    });
  } catch (error) {
    if (isError(error) && error.name === 'NotFoundError') {
      throw new ServiceUnavailableError(
        `The catalog does not know ${person.userEntityRef} yet. Right after a first start this takes a few seconds; later it means that examples/catalog is not among catalog.locations`,
        error,
      );
    }
    throw error;
  }
};
