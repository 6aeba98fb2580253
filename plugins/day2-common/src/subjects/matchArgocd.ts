import { annotations } from '../annotations';
import { labelsMatch } from './labelSelector';
import type { Candidate, Finding, MatchableSubject } from './matchFinding';
import { commaList } from './pathPattern';
import type { MatchableService, ServiceIndex } from './ServiceIndex';

type Traits = MatchableSubject['traits'];

/**
 * The services of an Argo CD application: `argocd/app-name`, else
 * `argocd/app-selector`, else `argocd/project-name` alone; name and selector
 * together name nothing. Project, namespace and instance restrict them.
 */
export function* matchArgocd(
  traits: Traits,
  index: ServiceIndex,
): Generator<Finding> {
  const name = traits.resource?.name ?? '';
  const labels = traits.labels ?? {};
  const named = [
    ...index.byArgocdApp(name).map(service => ({
      service,
      reason: `annotation ${annotations.argocdAppName} names the application ${name}`,
    })),
    ...index
      .argocdSelectorsFor(labels)
      .filter(({ requirements }) => labelsMatch(requirements, labels))
      .map(({ service, text }) => ({
        service,
        reason: `annotation ${annotations.argocdAppSelector} "${text}" selects the application ${name}`,
      })),
    ...(traits.project ? index.byArgocdProject(traits.project) : []).map(
      service => ({
        service,
        reason: `annotation ${annotations.argocdProjectName} names the project ${traits.project} of the application ${name}`,
      }),
    ),
  ];
  const candidates = named.filter(
    ({ service }) => refusalOf(service, traits) === undefined,
  );
  const sound = candidates.filter(candidate => !hasBoth(candidate));
  const wrong = candidates.find(
    candidate => hasBoth(candidate) && !candidate.service.removed,
  );
  if (sound.length === 0 && wrong) {
    yield {
      note: `${wrong.service.refs[0]} has both ${annotations.argocdAppName} and ${annotations.argocdAppSelector}, which is an error: keep one of them`,
    };
  }
  yield { rule: 'argocd-app', candidates: sound };
}

/**
 * The annotation by which a service wants no part of this application. What is
 * not known of the application, as of one that is read from Git, refuses nothing.
 */
function refusalOf(
  service: MatchableService,
  traits: Traits,
): string | undefined {
  const known: [string, string | undefined][] = [
    [annotations.argocdInstanceName, traits.instance],
    [annotations.argocdProjectName, traits.project],
    [annotations.argocdAppNamespace, traits.resource?.namespace],
  ];
  return known.find(([annotation, value]) => {
    const wanted = commaList(service.annotations[annotation]);
    return value !== undefined && wanted.length > 0 && !wanted.includes(value);
  })?.[0];
}

function hasBoth({ service }: Candidate): boolean {
  return Boolean(
    service.annotations[annotations.argocdAppName]?.trim() &&
      service.annotations[annotations.argocdAppSelector]?.trim(),
  );
}
