import type { SourceStatus } from '@day2/backstage-plugin-day2-common';

/** What one may ask of a source. */
export type SourceAction =
  | 'run'
  | 'pause'
  | 'resume'
  | 'reread'
  | 'replay-quarantine';

/** The actions that make sense in a source's state. */
export function actionsOf(
  source: Pick<SourceStatus, 'state' | 'controls'>,
): SourceAction[] {
  const actions: SourceAction[] =
    source.state === 'paused' ? ['resume'] : ['run', 'pause', 'reread'];
  return actions.filter(
    action => source.controls === undefined || source.controls.includes(action),
  );
}
