import type { Effect, EffectRequest } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { chunksOf, deterministicId } from '../database';

/** Later than that nobody is told any more: what is known then is known. */
export const TELL_WITHIN_MS = 15 * 60_000;

/** A transition of a record. */
export interface Transition extends Omit<EffectRequest, 'idempotencyKey'> {
  /** It was learnt while the past was read: nobody is told. */
  backfill: boolean;
}

/**
 * Queues what transitions have for effects, in the transaction that writes them:
 * once each, whoever derives it how often. Nothing of the past, and nothing that
 * is older than `TELL_WITHIN_MS`.
 */
export async function queueEffects(options: {
  transaction: Knex.Transaction;
  effects: Effect[];
  transitions: Transition[];
  /** Epoch milliseconds. */
  now: number;
}): Promise<void> {
  const { transaction, effects, now } = options;
  const rows = options.transitions
    .filter(({ at, backfill }) => !backfill && now - at < TELL_WITHIN_MS)
    .flatMap(({ backfill: _, ...transition }) =>
      effects
        .filter(({ kinds }) => kinds.includes(transition.kind))
        .flatMap(effect => {
          const { kind, recordId, at, from, to } = transition;
          const idempotencyKey = deterministicId(
            'effect',
            effect.id,
            kind,
            recordId,
            from ?? '',
            to,
            String(at),
          );
          const request = { ...transition, idempotencyKey };
          return effect.wants?.(request) === false
            ? []
            : [
                {
                  id: idempotencyKey,
                  effect: effect.id,
                  record_id: recordId,
                  at,
                  request: JSON.stringify(request),
                  state: 'pending',
                  next_at: now,
                },
              ];
        }),
    );
  for (const chunk of chunksOf(rows)) {
    await transaction('effect').insert(chunk).onConflict('id').ignore();
  }
}
