import type { ArgoApplication } from './ArgoApplication';

/**
 * What the list may be asked for: Argo CD keeps this list by hand, and leaves
 * out of its answer what is not in it.
 */
export const selectableFields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'metadata.labels',
  'metadata.creationTimestamp',
  'metadata.deletionTimestamp',
  'spec',
  'spec.destination',
  'spec.project',
  'spec.source',
  'spec.sources',
  'spec.sourceHydrator',
  'spec.syncPolicy',
  'status.sourceHydrator',
  'status.summary',
  'status.sync.status',
  'status.sync.revision',
  'status.health',
  'status.operationState.startedAt',
  'status.operationState.finishedAt',
  'status.operationState.phase',
  'status.operationState.operation.sync',
  'status.resources',
  'operation.sync',
] as const;

/**
 * The part of an application that `fields` selects: names with or without
 * `items.`, separated by commas; a leading `-` selects all others.
 */
export function selectFields(
  application: ArgoApplication,
  fields: string,
): object {
  const isExcluding = fields.startsWith('-');
  const named = new Set(
    (isExcluding ? fields.slice(1) : fields)
      .split(',')
      .map(name => name.trim().replace(/^items\./, '')),
  );
  const result: Record<string, unknown> = {};
  for (const field of selectableFields) {
    // A part of what is there as a whole already.
    const isCovered = field.startsWith('spec.') && 'spec' in result;
    if (named.has(field) !== isExcluding && !isCovered) {
      const value = read(application, field);
      if (value !== undefined) {
        write(result, field.split('.'), value);
      }
    }
  }
  return result;
}

function read(application: ArgoApplication, field: string): unknown {
  // Argo CD answers with the result of the sync under this name.
  if (field === 'status.operationState.operation.sync') {
    return application.status.operationState?.syncResult;
  }
  let value: unknown = application;
  for (const part of field.split('.')) {
    value = (value as Record<string, unknown> | undefined)?.[part];
  }
  return value;
}

function write(
  target: Record<string, unknown>,
  [first, ...rest]: string[],
  value: unknown,
): void {
  if (rest.length === 0) {
    target[first] = value;
    return;
  }
  target[first] ??= {};
  write(target[first] as Record<string, unknown>, rest, value);
}
