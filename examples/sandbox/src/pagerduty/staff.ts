import { membersOf, people, type CommitIdentity } from '../world/people';
import type { ServiceSpec, Team } from '../world/ServiceSpec';
import { DAY } from '../world/time';
import { instant, reference, type Reference } from './reference';

const WEEK = 7 * DAY;
/** Shifts change on Mondays at nine, UTC. */
const firstShift = Date.UTC(2024, 0, 1, 9);

export const teams: Team[] = ['payments', 'storefront', 'logistics', 'nobody'];

/** Who answers for a team: its people in turn, then who leads them all. */
export interface Shift {
  person: CommitIdentity;
  from: number;
  to: number;
}

/** Everybody with a login: those who answer for something. */
export function staff(): CommitIdentity[] {
  return [
    ...new Set([...teams.flatMap(membersOf), people.chen, people.dana]),
  ].sort((a, b) => (a.email < b.email ? -1 : 1));
}

/** The one of a team on call at an instant, and from when to when. */
export function shiftAt(team: Team, at: number): Shift {
  const turn = [...new Set(membersOf(team))];
  const week = Math.floor((at - firstShift) / WEEK);
  const index = ((week % turn.length) + turn.length) % turn.length;
  const from = firstShift + week * WEEK;
  return { person: turn[index], from, to: from + WEEK };
}

export function userReference(person: CommitIdentity, url: string): Reference {
  return reference({
    type: 'user',
    key: person.email,
    summary: person.name,
    url,
  });
}

export function policyReference(team: Team, url: string): Reference {
  return reference({
    type: 'escalation_policy',
    key: team,
    summary: `${team === 'nobody' ? 'data-services' : team} escalation`,
    url,
  });
}

export function scheduleReference(team: Team, url: string): Reference {
  return reference({
    type: 'schedule',
    key: team,
    summary: `${team === 'nobody' ? 'data-services' : team} weekly`,
    url,
  });
}

export function serviceReference(spec: ServiceSpec, url: string): Reference {
  return reference({
    type: 'service',
    key: spec.name,
    summary: spec.name,
    url,
  });
}

/** Who is on call at an instant: by week on the first level, the lead on the second. */
export function onCallsAt(at: number, url: string): object[] {
  return teams.flatMap(team => {
    const { person, from, to } = shiftAt(team, at);
    const escalation_policy = policyReference(team, url);
    return [
      {
        escalation_policy,
        escalation_level: 1,
        schedule: scheduleReference(team, url),
        user: userReference(person, url),
        start: instant(from),
        end: instant(to),
      },
      {
        escalation_policy,
        escalation_level: 2,
        schedule: null,
        user: userReference(people.chen, url),
        start: null,
        end: null,
      },
    ];
  });
}
