import { ConflictError } from '@backstage/errors';
import type {
  Day2EffectsExtensionPoint,
  Effect,
} from '@day2/backstage-plugin-day2-node';

/** The effects that modules have handed over. */
export class EffectRegistry implements Day2EffectsExtensionPoint {
  readonly #effects = new Map<string, Effect>();

  private constructor() {}

  static create(): EffectRegistry {
    return new EffectRegistry();
  }

  addEffect(effect: Effect): void {
    if (this.#effects.has(effect.id)) {
      throw new ConflictError(
        `Two modules add an effect of the id ${effect.id}; add each module once`,
      );
    }
    this.#effects.set(effect.id, effect);
  }

  list(): Effect[] {
    return [...this.#effects.values()];
  }
}
