import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/**
 * The entity of a ref, as far as the caller may see it. A name that no entity
 * can have is that of none: the catalog's refusal of it is not ours to repeat.
 */
export async function findEntity(options: {
  catalog: CatalogService;
  ref: string;
  credentials: BackstageCredentials;
}): Promise<Entity | undefined> {
  const { catalog, ref, credentials } = options;
  try {
    return await catalog.getEntityByRef(ref, { credentials });
  } catch (error) {
    if (isRefusedName(error)) {
      return undefined;
    }
    throw error;
  }
}

/** A `ResponseError` of 400 or 404, told by its shape as its class may be another package's. */
function isRefusedName(error: unknown): boolean {
  const { name, statusCode, response } = (error ?? {}) as {
    name?: string;
    statusCode?: number;
    response?: { status?: number };
  };
  const status = statusCode ?? response?.status;
  return name === 'ResponseError' && (status === 400 || status === 404);
}
