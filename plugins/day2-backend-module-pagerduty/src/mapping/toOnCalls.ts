import type { OnCallObservation } from '@day2/backstage-plugin-day2-node';
import type { Directory } from '../Directory';
import type { OnCall } from '../schema';
import { oneLine } from './oneLine';
import { subjectOf } from './subjectOf';

/**
 * Who is on call for each service, by its escalation policy.
 *
 * @remarks The key names the place in the escalation, not the person: when a
 * whole company changes shifts, each place has somebody else, and none is gone.
 * A shift begins after the one before, so its beginning is the version.
 */
export function toOnCalls(options: {
  onCalls: readonly OnCall[];
  directory: Pick<Directory, 'services' | 'personOf'>;
  account: string;
}): OnCallObservation[] {
  const { directory, account } = options;
  const byPolicy = new Map<string, OnCall[]>();
  for (const each of options.onCalls) {
    const known = byPolicy.get(each.escalation_policy.id) ?? [];
    byPolicy.set(each.escalation_policy.id, [...known, each]);
  }
  const byKey = new Map<string, OnCallObservation>();
  for (const service of directory.services) {
    for (const each of byPolicy.get(service.escalation_policy?.id ?? '') ??
      []) {
      const { schedule, user, escalation_level: level } = each;
      const key = `on-call:${service.id}:${level}:${schedule?.id ?? user.id}`;
      const version = each.start ?? 0;
      const known = byKey.get(key);
      if (known && known.version >= version) {
        continue;
      }
      const name = oneLine(schedule?.summary, 300);
      const url = schedule?.html_url ?? each.escalation_policy.html_url;
      byKey.set(key, {
        kind: 'on-call',
        key,
        version,
        subject: subjectOf({ service, account }),
        person: directory.personOf(user),
        level,
        ...(name ? { schedule: name } : {}),
        ...(each.start === undefined ? {} : { from: each.start }),
        ...(each.end === undefined ? {} : { until: each.end }),
        ...(url && /^https?:\/\/[^@\s]+$/.test(url) ? { url } : {}),
      });
    }
  }
  return [...byKey.values()];
}
