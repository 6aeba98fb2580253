import { annotations } from '../annotations';
import type { Finding, MatchableSubject } from './matchFinding';
import type { ServiceIndex } from './ServiceIndex';

/**
 * The services that a service of a tool for incidents stands for: those that
 * name its id, all of them; else the one that bears its name.
 */
export function* matchIncidentService(
  { toolService, instance }: MatchableSubject['traits'],
  index: ServiceIndex,
): Generator<Finding> {
  if (!toolService) {
    return;
  }
  const { tool, id, name = '' } = toolService;
  yield {
    rule: 'incident-service',
    candidates: (tool === 'pagerduty' ? index.byPagerdutyService(id) : [])
      .filter(service => {
        const account = service.annotations[annotations.pagerdutyAccount];
        return !account || !instance || account.trim() === instance;
      })
      .map(service => ({
        service,
        reason: `annotation ${annotations.pagerdutyServiceId} names ${id}`,
      })),
  };
  if (name.trim()) {
    yield {
      rule: 'incident-service',
      byName: name,
      annotate: annotations.pagerdutyServiceId,
      candidates: index.byNameOrTitle(name).map(service => ({
        service,
        reason: `the ${tool} service ${name} bears its name`,
      })),
    };
  }
}
