/** What a mirror may grow to where nothing else is said. */
export const defaultMaxMirrorBytes = 10 * 1024 ** 3;

const units: Record<string, number> = {
  MB: 1024 ** 2,
  GB: 1024 ** 3,
  TB: 1024 ** 4,
};

/** Bytes of a text like `20 GB`; nothing where it is none. */
export function parseSize(text: string): number | undefined {
  const groups = /^\s*(?<number>\d+(\.\d+)?)\s*(?<unit>[MGT]i?B)\s*$/i.exec(
    text,
  )?.groups;
  const bytes =
    groups &&
    Number(groups.number) * units[groups.unit.toUpperCase().replace('I', '')];
  return bytes ? Math.round(bytes) : undefined;
}

/** Bytes as people write them. */
export function formatSize(bytes: number): string {
  const [unit, size] = Object.entries(units)
    .reverse()
    .find(([, each]) => bytes >= each) ?? ['MB', units.MB];
  return `${Number((bytes / size).toFixed(1))} ${unit}`;
}
