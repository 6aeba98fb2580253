import { z } from 'zod';

/** Epoch milliseconds; undefined where it is absent, which Go's clock writes as the year 1. */
const Instant = z
  .string()
  .nullish()
  .transform((text, context) => {
    const at = text ? Date.parse(text) : 0;
    if (Number.isNaN(at)) {
      context.addIssue({ code: 'custom', message: 'is no instant' });
    }
    return at > 0 ? at : undefined;
  });

const Texts = z
  .record(z.string(), z.string())
  .nullish()
  .transform(texts => texts ?? {});

/** Of the labels of an alert. */
export const Fingerprint = z.string().regex(/^[0-9a-f]{1,64}$/);

const base = {
  labels: z.record(z.string(), z.string()),
  annotations: Texts,
  startsAt: Instant,
  endsAt: Instant,
  generatorURL: z.string().nullish(),
  fingerprint: Fingerprint,
};

/** An alert as a webhook has it. */
export const DeliveredAlert = z.object({
  ...base,
  status: z.enum(['firing', 'resolved']),
});
export type DeliveredAlert = z.infer<typeof DeliveredAlert>;

/** An alert as `/api/v2/alerts` has it. */
export const ListedAlert = z.object({
  ...base,
  /** When it was sent last. */
  updatedAt: Instant,
  status: z.object({
    state: z.enum(['active', 'suppressed', 'unprocessed']),
    silencedBy: z.array(z.string()).catch([]),
    inhibitedBy: z.array(z.string()).catch([]),
  }),
});
export type ListedAlert = z.infer<typeof ListedAlert>;

/** What is needed of a silence. */
export const Silence = z.object({
  id: z.string(),
  comment: z.string().catch(''),
  endsAt: Instant,
});
export type Silence = z.infer<typeof Silence>;

/** What is needed of `/api/v2/status`: when it was started, whatever it is called. */
export const Status = z.object({ uptime: Instant });

/** A delivery; its alerts are parsed one by one. */
export const Delivery = z.object({
  version: z.literal('4'),
  groupKey: z.string().catch(''),
  alerts: z.array(z.unknown()).max(10_000),
  truncatedAlerts: z.number().int().min(0).catch(0),
});

/** Lists of the API; their items are parsed one by one. */
export const List = z.array(z.unknown()).max(100_000);
