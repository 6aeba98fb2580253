import type { SyncState } from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { useWords } from '../vocabulary';

/** The word of a sync state, in the chosen language where the two differ. */
export function useSyncWord(): (state: SyncState) => string {
  const t = useText();
  const { word } = useWords();
  return state =>
    state === 'drifted' ? word('drifted') : t(`gitops.sync.${state}`);
}
