import { DateTime } from 'luxon';

/** The ranges that roll with the clock. */
export const rangePresets = ['24h', '7d', '14d', '30d', '90d'] as const;
export type RangePreset = (typeof rangePresets)[number];

/** A range as chosen: rolling, or fixed between two instants (ISO, UTC). */
export type RangeChoice =
  | { preset: RangePreset }
  | { preset: 'custom'; from: string; to: string };

export const defaultRange: RangeChoice = { preset: '14d' };

const hours: Record<RangePreset, number> = {
  '24h': 24,
  '7d': 7 * 24,
  '14d': 14 * 24,
  '30d': 30 * 24,
  '90d': 90 * 24,
};

/** The half-open range `[from, to)` a choice stands for at an instant. */
export function resolveRange(options: { choice: RangeChoice; now: number }): {
  from: string;
  to: string;
} {
  const { choice, now } = options;
  if (choice.preset === 'custom') {
    return { from: choice.from, to: choice.to };
  }
  return {
    from: new Date(now - hours[choice.preset] * 3_600_000).toISOString(),
    to: new Date(now).toISOString(),
  };
}

/**
 * A custom range from two instants, in order; undefined where one of them is
 * no instant or nothing lies between.
 */
export function customRange(options: {
  from: string;
  to: string;
}): RangeChoice | undefined {
  const from = Date.parse(options.from);
  const to = Date.parse(options.to);
  if (!Number.isFinite(from) || !Number.isFinite(to) || from >= to) {
    return undefined;
  }
  // Years beyond four digits are instants too, but none that the API takes.
  if (from < Date.UTC(0, 0) || to >= Date.UTC(10_000, 0)) {
    return undefined;
  }
  return {
    preset: 'custom',
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  };
}

/**
 * An instant as the value of an `<input type="datetime-local">`, to the minute
 * or to the second.
 */
export function toLocalInput(options: {
  at: string;
  /** The reader's where absent. */
  zone?: string;
  seconds?: boolean;
}): string {
  const { at, zone = 'local', seconds } = options;
  return DateTime.fromISO(at)
    .setZone(zone)
    .toFormat(seconds ? "yyyy-MM-dd'T'HH:mm:ss" : "yyyy-MM-dd'T'HH:mm");
}

/**
 * The instant a `datetime-local` value means in the reader's zone; a time that
 * the change to summer time skips is taken as the same span after midnight.
 */
export function fromLocalInput(
  value: string,
  zone = 'local',
): string | undefined {
  const at = DateTime.fromISO(value, { zone });
  return at.isValid ? at.toUTC().toISO() ?? undefined : undefined;
}
