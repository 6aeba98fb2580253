import { DateTime } from 'luxon';

/** How an instant is written for the reader, and exactly. */
export interface FormattedInstant {
  /** In the reader's zone, to the minute unless asked for seconds; with the year where it is another. */
  local: string;
  /** Exact, in UTC: `2026-11-20 13:05:09 UTC`. */
  utc: string;
}

/** Writes an instant for people. Zone and locale are the browser's where absent. */
export function formatInstant(options: {
  at: string | number;
  now?: number;
  zone?: string;
  locale?: string;
  /** To the second rather than to the minute. */
  seconds?: boolean;
}): FormattedInstant {
  const { at, zone = 'local', locale } = options;
  const instant =
    typeof at === 'number' ? DateTime.fromMillis(at) : DateTime.fromISO(at);
  if (!instant.isValid) {
    return { local: String(at), utc: String(at) };
  }
  const here = instant.setZone(zone);
  const now = DateTime.fromMillis(options.now ?? Date.now()).setZone(zone);
  return {
    local: here.toLocaleString(
      {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        year: here.year === now.year ? undefined : 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        second: options.seconds ? '2-digit' : undefined,
        hourCycle: 'h23',
      },
      locale ? { locale } : undefined,
    ),
    utc: `${instant.toUTC().toFormat('yyyy-MM-dd HH:mm:ss')} UTC`,
  };
}
