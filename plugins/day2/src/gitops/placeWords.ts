import type { ApplicationState } from '@day2/backstage-plugin-day2-common';
import type { Text } from '../translation';

/** Where an application runs: `production · eu-1`. */
export function placeWords(t: Text, application: ApplicationState): string {
  return [
    application.environment ?? t('gitops.noEnvironment'),
    application.target,
  ]
    .filter(Boolean)
    .join(' · ');
}
