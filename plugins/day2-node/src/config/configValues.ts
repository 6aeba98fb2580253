import type { Config } from '@backstage/config';
import type { JsonObject, JsonValue } from '@backstage/types';

/** Tells an object of configuration. @public */
export function isConfigObject(
  value: JsonValue | undefined,
): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What stands at a key; undefined also where something above it is no object,
 * which is not a connector's to mend.
 *
 * @public
 */
export function configValueAt(
  config: Config,
  key: string,
): JsonValue | undefined {
  try {
    return config.getOptional(key);
  } catch {
    return undefined;
  }
}
