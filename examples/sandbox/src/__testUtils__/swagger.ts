import { existsSync, readFileSync } from 'fs';
import { join } from 'path';

interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema;
  items?: Schema;
}

/** Argo CD's own description, beside the repository; absent on other machines. */
const file = join(__dirname, '../../../../../shared/data/argocd/swagger.json');

/** What a value has against a definition of Argo CD's API; undefined where that is not here. */
export function swaggerErrors():
  | ((definition: string, value: unknown) => string[])
  | undefined {
  if (!existsSync(file)) {
    return undefined;
  }
  const { definitions } = JSON.parse(readFileSync(file, 'utf8')) as {
    definitions: Record<string, Schema>;
  };
  const check = (schema: Schema, value: unknown, path: string): string[] => {
    if (schema.$ref) {
      return check(definitions[schema.$ref.split('/').at(-1)!], value, path);
    }
    switch (schema.type) {
      case 'object':
        return typeof value !== 'object' || !value || Array.isArray(value)
          ? [`${path} is no object`]
          : Object.entries(value).flatMap(([name, each]) => {
              const known =
                schema.properties?.[name] ?? schema.additionalProperties;
              return known
                ? check(known, each, `${path}.${name}`)
                : [`${path}.${name} is not known`];
            });
      case 'array':
        return Array.isArray(value)
          ? value.flatMap((each, i) =>
              check(schema.items!, each, `${path}[${i}]`),
            )
          : [`${path} is no array`];
      case 'integer':
        return Number.isInteger(value) ? [] : [`${path} is no integer`];
      case undefined:
        return [];
      default: {
        const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
        return typeof value !== schema.type ||
          (schema.format === 'date-time' && !isInstant.test(String(value)))
          ? [`${path} is no ${schema.format ?? schema.type}`]
          : [];
      }
    }
  };
  return (definition, value) =>
    check(definitions[definition], value, definition);
}
