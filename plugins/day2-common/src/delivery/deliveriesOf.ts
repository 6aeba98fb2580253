import type { Reason } from '../deployments/deployment';
import type { Delivery, DeliveryInput } from './delivery';
import { deliveryOf, failuresIn } from './deliveryOf';
import { failuresOf } from './failuresOf';
import { LOOK_BACK_MS } from './lookBack';
import { eventsOf } from './eventsOf';
import { joinParts, uniqueReasons } from './joinParts';
import type { RestorationOf } from './recoveryOf';
import {
  lastRestoration,
  restorationsOf,
  type Restoration,
} from './restorationsOf';

/**
 * The deliveries of the deployments of one service in one environment, in the
 * order of the sequence: one of each, but of those that one event began one
 * together (`eventsOf`), with the id of the first.
 *
 * @remarks Failures are those that an incident is linked to, and those that show
 * themselves: what a rollback undid, a roll-out that failed after it had served
 * on some targets, a deployment one of whose commits a later one reverts, one
 * that a posted fix names, and one that a marked fix replaced within the
 * look-back.
 *
 * @param options - `sequence`: all of it, in order; `lookBackMs`: 24 h by default
 *
 * @public
 */
export function deliveriesOf(options: {
  sequence: readonly DeliveryInput[];
  lookBackMs?: number;
}): Delivery[] {
  const { sequence } = options;
  const signs = failuresOf({
    sequence,
    lookBackMs: options.lookBackMs ?? LOOK_BACK_MS,
  });
  const failures = sequence.map((deployment, at) =>
    failuresIn(deployment, signs[at].reasons),
  );
  const failed = failures.map(
    each => each.signs.length + each.incidents.length > 0,
  );
  const restorations = restorationsOf({
    sequence,
    signs,
    failed,
    byRollout: failures.map(each =>
      each.signs.some(({ code }) => code === 'rollout-failed'),
    ),
  });
  const events = eventsOf(sequence);
  const joined = new Map<number, DeliveryInput>();
  for (const places of events) {
    const whole = joinParts(places.map(at => sequence[at]));
    places.forEach(at => joined.set(at, whole));
  }
  return events.map(places => {
    const signsOf = places.map(at => signs[at]);
    const ended = lastRestoration(
      places.flatMap(at => (failed[at] ? [restorations[at]] : [])),
      sequence,
    );
    const [main, ...others] = places.map(at => sequence[at]);
    const delivery = deliveryOf(joined.get(places[0]) as DeliveryInput, {
      failures: joinReasons(signsOf.map(({ reasons }) => reasons)),
      mends: joinReasons(signsOf.map(({ mends }) => mends)),
      restoration:
        ended && restorationOf(ended, joined.get(ended.at) as DeliveryInput),
    });
    return others.length === 0 ? delivery : withParts(delivery, main, others);
  });
}

/** What is said of one deployment stays as it is. */
function joinReasons(lists: Reason[][]): Reason[] {
  return lists.length === 1 ? lists[0] : uniqueReasons(lists);
}

function restorationOf(
  restoration: Restoration,
  by: DeliveryInput,
): RestorationOf {
  return restoration.how === 'incident'
    ? { ...restoration, version: by.version }
    : { how: restoration.how, by };
}

function withParts(
  delivery: Delivery,
  main: DeliveryInput,
  others: DeliveryInput[],
): Delivery {
  const names = others.map(({ line, version }) => `${line} ${version}`);
  return {
    ...delivery,
    reasons: {
      ...delivery.reasons,
      deployment: [
        ...delivery.reasons.deployment,
        {
          code: 'several-images',
          text: `${main.line} ${main.version} is counted once with ${names.join(
            ', ',
          )}: one event asked for all`,
        },
      ],
    },
  };
}
