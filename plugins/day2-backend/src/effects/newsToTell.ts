import { plainLine } from '@day2/backstage-plugin-day2-common';
import type { Effect, EffectRequest } from '@day2/backstage-plugin-day2-node';
import { deterministicId } from '../database';
import { GATHER_MS, LATE_MS } from './lateness';
import { isPressing, newsOf, OVER, rankOf } from './newsOf';
import type { News, Standing } from './Standing';
import type { Told } from './toldStore';

/** A row of the outbox as it is queued. */
export interface QueuedEffect {
  id: string;
  effect: string;
  record_id: string;
  learnt_at: number;
  request: string;
  state: 'pending';
  next_at: number;
  is_late: boolean;
}

/** What is queued, and what was told once it is. */
export interface ToTell {
  rows: QueuedEffect[];
  written: Told[];
  /** How many openings nobody is told of: they are of the past. */
  muted: number;
}

/** What each effect is to be told of records, after what it was told before. */
export function newsToTell(options: {
  effects: Effect[];
  standings: Standing[];
  /** Those that were announced first come first. */
  told: Told[];
  /** Entity refs of services by their ids. */
  refs: Map<string, string>;
  /** Those of which no opening is told. */
  past: ReadonlySet<Standing>;
  /** Epoch milliseconds. */
  now: number;
}): ToTell {
  const { effects, standings, past, now } = options;
  const all: ToTell = { rows: [], written: [], muted: 0 };
  for (const standing of standings) {
    for (const effect of effects.filter(each =>
      each.kinds.includes(standing.kind),
    )) {
      const known = options.told.filter(
        each =>
          each.effect === effect.id && standing.aliases.includes(each.recordId),
      );
      // Of two in one, what was announced first goes on, and the other ends.
      const [main = known.at(-1), ...merged] = known.filter(
        ({ state }) => !OVER.has(state),
      );
      for (const each of merged) {
        const { state: from, serviceIds } = each;
        const news = {
          from,
          to: 'resolved',
          serviceIds,
          isMerged: true,
        } as const;
        add(all, { ...options, effect, standing, told: each, news, at: now });
      }
      const news = newsOf(standing, main);
      if (!news) {
        continue;
      }
      if (!main && past.has(standing)) {
        all.muted += 1;
        continue;
      }
      const isNew = news.roseFrom === undefined && news.from !== news.to;
      const at = isNew ? standing.since(news.from) : now;
      const isLate = now - at >= LATE_MS && isOpening(standing, news);
      add(all, { ...options, effect, standing, told: main, news, at, isLate });
    }
  }
  return all;
}

/** Whether it was not known to call for people until now. */
function isOpening({ before }: Standing, { from, to }: News): boolean {
  const isKnown =
    before?.state !== undefined && isPressing(before.state) && !from;
  return isPressing(to) && !isKnown && (from === undefined || OVER.has(from));
}

/** Queues one piece of news for one effect, if it wants it. */
function add(
  { rows, written }: ToTell,
  options: {
    effect: Effect;
    standing: Standing;
    told?: Told;
    news: News;
    at: number;
    refs: Map<string, string>;
    now: number;
    isLate?: boolean;
  },
): void {
  const { effect, standing, told, news, at, refs, now } = options;
  const { isLate = false } = options;
  const { priority } = standing;
  const recordId = told?.recordId ?? standing.recordId;
  const revision = (told?.revision ?? 0) + 1;
  const informed: string[] = [];
  for (const part of partsOf(standing, news)) {
    const text = part.text?.({ ...news, at });
    const services = part.serviceIds.flatMap(id => refs.get(id) ?? []).sort();
    const idempotencyKey = deterministicId(
      'effect',
      effect.id,
      standing.kind,
      recordId,
      news.from ?? '',
      news.to,
      String(at),
      String(priority ?? ''),
      services.join(),
      String(revision),
    );
    const request: EffectRequest = {
      idempotencyKey,
      kind: standing.kind,
      recordId,
      at,
      ...(news.from ? { from: news.from } : {}),
      to: news.to,
      // Of tools and people: they may turn or break what follows.
      title: plainLine(part.title),
      text: text && plainLine(text),
      priority,
      services,
      path: standing.path,
    };
    // Of what was told its end is told too, whatever it has become.
    const isWanted = !isPressing(news.to) || effect.wants?.(request) !== false;
    if (services.length === 0 || !isWanted) {
      continue;
    }
    informed.push(...part.serviceIds);
    rows.push({
      id: idempotencyKey,
      effect: effect.id,
      record_id: recordId,
      learnt_at: now,
      request: JSON.stringify(request),
      state: 'pending',
      next_at: isLate ? now + GATHER_MS : now,
      is_late: isLate,
    });
  }
  // An end that nobody is left to be told of is one all the same.
  if (informed.length === 0 && isPressing(news.to)) {
    return;
  }
  const goesOn = told !== undefined && !OVER.has(told.state);
  written.push({
    effect: effect.id,
    recordId,
    state: news.to,
    priority: pressingOf(standing, goesOn ? told : undefined),
    serviceIds: goesOn
      ? [...new Set([...told.serviceIds, ...informed])]
      : informed,
    revision,
    announcedAt: goesOn ? told.announcedAt : now,
    toldAt: now,
  });
}

/** The parts of those who are told, without the services that are not. */
function partsOf({ kind, parts, serviceIds }: Standing, news: News) {
  const told = parts.map(part => ({
    ...part,
    serviceIds: part.serviceIds.filter(id => news.serviceIds.includes(id)),
  }));
  // Who was told, and is not concerned any more, is told the end without a name.
  const left = news.serviceIds.filter(id => !serviceIds.includes(id));
  const [first] = parts;
  return [
    ...told,
    ...(first
      ? [
          {
            ...first,
            title: `An ${kind} that was of this service`,
            serviceIds: left,
          },
        ]
      : []),
  ].filter(part => part.serviceIds.length > 0);
}

function pressingOf(
  { priority }: Standing,
  told: Told | undefined,
): number | undefined {
  return told && rankOf(told.priority) <= rankOf(priority)
    ? told.priority
    : priority;
}
