import type { IncidentObservation } from '@day2/backstage-plugin-day2-node';
import { word } from '../mapping/words';
import type { ListedAlert, Silence } from '../schema';

/**
 * Why Alertmanager tells nobody of an alert that goes on: the silence that
 * holds longest, else another alert that stands for it.
 */
export function suppressionOf(
  alert: ListedAlert,
  silences: Map<string, Silence>,
): IncidentObservation['suppressed'] {
  const { silencedBy, inhibitedBy } = alert.status;
  if (silencedBy.length > 0) {
    const [longest] = silencedBy
      .flatMap(id => silences.get(id) ?? [])
      .sort((a, b) => (b.endsAt ?? 0) - (a.endsAt ?? 0));
    const text = word(longest?.comment, 500);
    return {
      by: 'silence',
      ...(longest?.endsAt === undefined ? {} : { until: longest.endsAt }),
      ...(text === undefined ? {} : { text }),
    };
  }
  return inhibitedBy.length > 0 ? { by: 'inhibition' } : undefined;
}
