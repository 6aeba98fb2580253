/** Fields of an observation. Null says that a field is cleared; absent, that nothing is said of it. */
export type Payload = Record<string, unknown>;

/** A payload with the fields that are said alone. */
export function withoutUndefined(payload: Payload): Payload {
  return Object.fromEntries(
    Object.entries(payload).filter(([, value]) => value !== undefined),
  );
}

/** What is stored of an observation's content. */
export interface VersionedPayload {
  version: number;
  /** Of what was said at `version`. */
  hash: string;
  payload: Payload;
  /** Fields kept from an older version, with that version. */
  older: Record<string, number>;
}

/**
 * What is known after one more reading, whichever way round versions arrive:
 * each field is of the newest version that said it. Undefined where nothing
 * changes. The same version with other content replaces what it said before.
 *
 * @param options - `whole`: each reading is a state by itself, of which nothing
 * older is true any more
 */
export function mergePayload(options: {
  stored: VersionedPayload | undefined;
  incoming: Omit<VersionedPayload, 'older'>;
  whole?: boolean;
}): VersionedPayload | undefined {
  const { stored, incoming, whole } = options;
  if (!stored) {
    return { ...incoming, older: {} };
  }
  if (whole) {
    return incoming.version < stored.version ||
      (incoming.version === stored.version && incoming.hash === stored.hash)
      ? undefined
      : { ...incoming, older: {} };
  }
  const versionOf = (field: string) => stored.older[field] ?? stored.version;
  if (incoming.version < stored.version) {
    const filled = Object.keys(incoming.payload).filter(
      field =>
        !(field in stored.payload) || versionOf(field) < incoming.version,
    );
    if (filled.length === 0) {
      return undefined;
    }
    const merged = { ...stored, payload: { ...stored.payload } };
    merged.older = { ...stored.older };
    for (const field of filled) {
      merged.payload[field] = incoming.payload[field];
      merged.older[field] = incoming.version;
    }
    return merged;
  }
  if (incoming.version === stored.version && incoming.hash === stored.hash) {
    return undefined;
  }
  const payload = { ...incoming.payload };
  const older: Record<string, number> = {};
  for (const field of Object.keys(stored.payload)) {
    if (!(field in payload) && versionOf(field) < incoming.version) {
      payload[field] = stored.payload[field];
      older[field] = versionOf(field);
    }
  }
  return { version: incoming.version, hash: incoming.hash, payload, older };
}
