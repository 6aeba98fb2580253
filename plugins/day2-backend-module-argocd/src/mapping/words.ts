import { plainText } from '@day2/backstage-plugin-day2-common';
import type { HealthWord, SyncWord } from '@day2/backstage-plugin-day2-node';

const healthWords = new Map<string, HealthWord>([
  ['Healthy', 'healthy'],
  ['Progressing', 'progressing'],
  ['Degraded', 'degraded'],
  ['Suspended', 'suspended'],
  ['Missing', 'missing'],
]);

/** Absent health is unknown, never healthy. */
export function healthWord(status: string | undefined): HealthWord {
  return healthWords.get(status ?? '') ?? 'unknown';
}

export function syncWord(status: string | undefined): SyncWord {
  if (status === 'Synced') {
    return 'synced';
  }
  return status === 'OutOfSync' ? 'out-of-sync' : 'unknown';
}

/** A message without credentials in URLs, cut. */
export function cleanMessage(text: string, length = 1000): string {
  return plainText(text)
    .replace(/(:\/\/)(?:[^/\s]*|[^/\s:@]+:(?!\d+\/)[^\s@]*)@/g, '$1')
    .slice(0, length);
}
