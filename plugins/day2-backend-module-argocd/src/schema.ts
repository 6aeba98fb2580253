import { z } from 'zod';

/** Null and what has another shape count as absent: one odd field must not hide an application. */
function maybe<T extends z.ZodType>(schema: T) {
  return schema
    .nullish()
    .transform(value => value ?? undefined)
    .catch(undefined);
}

/** Items one by one; those of another shape are left out. */
function listOf<T extends z.ZodType>(schema: T) {
  return z
    .array(z.unknown())
    .nullish()
    .catch([])
    .transform(items =>
      (items ?? []).flatMap(item => {
        const parsed = schema.safeParse(item);
        return parsed.success ? [parsed.data as z.output<T>] : [];
      }),
    );
}

/** The end of the year 9999: the last that four digits of a year can say. */
const lastInstant = 253402300799999;

const text = maybe(z.string().min(1));
const flag = maybe(z.boolean());
/** Epoch milliseconds. */
const instant = maybe(
  z
    .string()
    .transform(value => Date.parse(value))
    .pipe(z.number().int().min(0).max(lastInstant)),
);
const texts = listOf(z.string());

const Source = z.object({
  repoURL: z.string().min(1),
  path: text,
  chart: text,
  targetRevision: text,
  ref: text,
  helm: maybe(
    z.looseObject({
      valueFiles: texts,
      fileParameters: listOf(z.looseObject({ path: text })),
      parameters: listOf(z.looseObject({ name: z.string(), value: text })),
      valuesObject: maybe(z.record(z.string(), z.unknown())),
    }),
  ),
  kustomize: maybe(z.looseObject({ images: texts, components: texts })),
  directory: maybe(z.looseObject({})),
  plugin: maybe(z.looseObject({})),
});
export type Source = z.infer<typeof Source>;

const Initiator = maybe(z.object({ username: text, automated: flag }));
export type Initiator = z.infer<typeof Initiator>;

const HistoryEntry = z.object({
  id: z.number().int().min(0),
  deployedAt: z
    .string()
    .transform(value => Date.parse(value))
    .pipe(z.number().int().min(0).max(lastInstant)),
  deployStartedAt: instant,
  initiatedBy: Initiator,
  revision: text,
  revisions: texts,
  source: maybe(Source),
  sources: listOf(Source),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

const SyncOperation = maybe(
  z.object({
    dryRun: flag,
    resources: listOf(z.unknown()),
    revision: text,
    revisions: texts,
    source: maybe(Source),
    sources: listOf(Source),
  }),
);

const OperationState = maybe(
  z.object({
    phase: z.string(),
    message: text,
    startedAt: instant,
    finishedAt: instant,
    operation: maybe(z.object({ initiatedBy: Initiator, sync: SyncOperation })),
    syncResult: maybe(
      z.object({
        revision: text,
        revisions: texts,
        source: maybe(Source),
        sources: listOf(Source),
      }),
    ),
  }),
);
export type OperationState = NonNullable<z.infer<typeof OperationState>>;

const Health = maybe(
  z.object({ status: text, message: text, lastTransitionTime: instant }),
);

/** An application in whole, as `GET /api/v1/applications/{name}` answers. */
export const Application = z.object({
  metadata: z.object({
    name: z.string().min(1),
    namespace: text,
    uid: z.string().min(1).max(100),
    resourceVersion: text,
    labels: maybe(z.record(z.string(), z.string())),
    annotations: maybe(z.record(z.string(), z.string())),
  }),
  spec: z.object({
    project: text,
    source: maybe(Source),
    sources: listOf(Source),
    sourceHydrator: maybe(
      z.object({
        drySource: z.object({ repoURL: z.string().min(1) }),
        syncSource: z.object({ targetBranch: text, path: text }),
      }),
    ),
    destination: maybe(z.object({ name: text, server: text, namespace: text })),
    syncPolicy: maybe(
      z.object({
        automated: maybe(z.object({ enabled: flag, selfHeal: flag })),
      }),
    ),
  }),
  status: z
    .object({
      controllerNamespace: text,
      reconciledAt: instant,
      sync: maybe(z.object({ status: text, revision: text, revisions: texts })),
      health: Health,
      history: z
        .array(z.unknown())
        .nullish()
        .catch([])
        .transform(items => {
          const read = (items ?? []).map(item => ({
            item,
            parsed: HistoryEntry.safeParse(item),
          }));
          const entries = read
            .flatMap(({ item, parsed }) =>
              parsed.success ? [{ item, entry: parsed.data }] : [],
            )
            .sort(
              ({ entry: a }, { entry: b }) =>
                a.id - b.id || a.deployedAt - b.deployedAt,
            );
          const isLast = ({ entry }: (typeof entries)[number], at: number) =>
            entries[at + 1]?.entry.id !== entry.id;
          return {
            entries: entries.filter(isLast).map(({ entry }) => entry),
            /** Under an id that a later one has. */
            repeated: entries
              .filter((each, at) => !isLast(each, at))
              .map(({ item }) => item),
            unreadable: read.flatMap(({ item, parsed }) =>
              parsed.success ? [] : [item],
            ),
          };
        }),
      operationState: OperationState,
      conditions: listOf(
        z.object({
          type: z.string(),
          message: z.string().catch(''),
          lastTransitionTime: instant,
        }),
      ),
      resources: listOf(
        z.object({
          group: text,
          kind: z.string(),
          namespace: text,
          name: z.string(),
          status: text,
          health: Health,
          requiresPruning: flag,
        }),
      ),
      summary: maybe(z.object({ images: texts })),
      sourceType: text,
      sourceTypes: texts,
    })
    .nullish()
    .transform(status => status ?? undefined),
});
export type Application = z.infer<typeof Application>;

/** One item of the list, as far as it tells which application it is. */
export const ListedApplication = z.object({
  metadata: z.object({ name: z.string().min(1), namespace: text }),
  spec: maybe(z.object({ project: text })),
});

/** The list: without applications `items` is null. */
export const ApplicationList = z.object({
  items: z
    .array(z.unknown())
    .nullish()
    .transform(items => items ?? []),
});

/** What `POST /api/v1/session` answers. */
export const SessionAnswer = z.object({ token: z.string().min(1) });
