import type { EffectRequest } from '@day2/backstage-plugin-day2-node';
import { deterministicId } from '../database';
import { rankOf } from './newsOf';

const MAX_TITLES = 10;
const WORDS = {
  incident: ['incident', '/day2/incidents'],
  objective: ['objective', '/day2/objectives'],
} as const;

/** Late openings, for the owners of the services alone that they name together. */
export function digestOf(
  effect: string,
  requests: EffectRequest[],
): EffectRequest {
  const [{ kind }] = requests;
  const ranked = [...requests].sort(
    (a, b) => rankOf(a.priority) - rankOf(b.priority) || a.at - b.at,
  );
  const titles = ranked.slice(0, MAX_TITLES).map(({ title }) => title);
  const more = requests.length - titles.length;
  const services = [...new Set(requests.flatMap(each => each.services))].sort();
  const idempotencyKey = deterministicId(
    'digest',
    effect,
    services.join(),
    ...requests.map(each => each.idempotencyKey).sort(),
  );
  const [word, path] = WORDS[kind];
  return {
    idempotencyKey,
    kind,
    recordId: idempotencyKey,
    at: Math.min(...requests.map(({ at }) => at)),
    to: ranked[0].to,
    title: `${requests.length} ${word}s that were learnt of late go on`,
    text: [...titles, ...(more > 0 ? [`and ${more} more`] : [])].join(' · '),
    priority: ranked[0].priority,
    services,
    path,
    digest: { recordIds: [...new Set(requests.map(each => each.recordId))] },
  };
}
