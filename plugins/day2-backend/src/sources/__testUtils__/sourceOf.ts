import type {
  Source,
  SourceBatch,
  SourceContext,
} from '@day2/backstage-plugin-day2-node';
import { deployment } from '../../__testUtils__/observations';

/** A deployment, and where it goes on. */
export function batch(n: number, cursor = { at: n }): SourceBatch {
  return {
    observations: [
      deployment({ key: `d${n}`, versionName: `${n}.0.0`, finishedAt: n }),
    ],
    cursor,
  };
}

/** One that says what it is told to. */
export function sourceOf(
  pull: (context: SourceContext) => AsyncIterable<SourceBatch>,
): Source {
  return {
    id: 'test:one',
    type: 'test',
    title: 'One',
    kinds: ['deployment'],
    everySeconds: 60,
    pull,
  };
}
