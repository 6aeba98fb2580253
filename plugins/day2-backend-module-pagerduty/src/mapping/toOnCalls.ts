import type { OnCallObservation } from '@day2/backstage-plugin-day2-node';
import type { Directory } from '../Directory';
import type { OnCall } from '../schema';
import { oneLine } from './oneLine';
import { subjectOf } from './subjectOf';

/** Somebody at a place, before it is known at which version. */
export type OnCallFacts = Omit<OnCallObservation, 'version'>;

/**
 * Who is on call for each service, by its escalation policy.
 *
 * @remarks The key names the place in the escalation, neither the person nor the
 * schedule: when a whole company changes shifts, or somebody is replaced by
 * hand, a place has somebody else, and none is gone.
 */
export function toOnCalls(options: {
  onCalls: readonly OnCall[];
  directory: Pick<Directory, 'services' | 'personOf'>;
  account: string;
}): OnCallFacts[] {
  const { directory, account } = options;
  const byPolicy = new Map<string, OnCall[]>();
  for (const each of options.onCalls) {
    const known = byPolicy.get(each.escalation_policy.id) ?? [];
    byPolicy.set(each.escalation_policy.id, [...known, each]);
  }
  const places = new Map(
    [...byPolicy].map(([id, onCalls]) => [id, placesOf(onCalls)]),
  );
  return directory.services.flatMap(service =>
    (places.get(service.escalation_policy?.id ?? '') ?? []).map(
      ({ place, onCall }) => {
        const { schedule, user, escalation_level: level, start, end } = onCall;
        const name = oneLine(schedule?.summary, 300);
        const url = schedule?.html_url ?? onCall.escalation_policy.html_url;
        return {
          kind: 'on-call' as const,
          key: `on-call:${service.id}:${level}:${place}`,
          subject: subjectOf({ service, account }),
          person: directory.personOf(user),
          level,
          ...(name ? { schedule: name } : {}),
          ...(start === undefined ? {} : { from: start }),
          ...(end === undefined ? {} : { until: end }),
          ...(url && /^https?:\/\/[^@\s]+$/.test(url) ? { url } : {}),
        };
      },
    ),
  );
}

/** Places of an escalation policy, counted from 1 within each level. */
function placesOf(
  onCalls: readonly OnCall[],
): { place: number; onCall: OnCall }[] {
  const byHolder = new Map<string, OnCall>();
  for (const each of onCalls) {
    const { escalation_level: level, schedule, user } = each;
    const holder = `${level}:${schedule?.id ?? user.id}`;
    const known = byHolder.get(holder);
    if (!known || (each.start ?? 0) > (known.start ?? 0)) {
      byHolder.set(holder, each);
    }
  }
  const counts = new Map<number, number>();
  return [...byHolder]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, onCall]) => {
      const place = (counts.get(onCall.escalation_level) ?? 0) + 1;
      counts.set(onCall.escalation_level, place);
      return { place, onCall };
    });
}
