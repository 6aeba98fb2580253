import type {
  ObservedPerson,
  ObservedSubject,
} from '@day2/backstage-plugin-day2-node';
import type { InstanceConfig } from '../config';
import type { Application, Initiator } from '../schema';
import { cleanRepository } from './cleanRepository';
import { parseImage } from './parseImage';
import { placeOf, type Place } from './placeOf';
import { specSources } from './specSources';

/** What mapping reads of the configuration. */
export type MappingContext = Pick<
  InstanceConfig,
  'name' | 'frontendUrl' | 'environments'
>;

/** What all observations of one application share. */
export interface Described {
  app: Application;
  context: MappingContext;
  place: Place;
  subject: ObservedSubject;
  /** Where people look at it. */
  url: string;
}

export function describeApplication(
  app: Application,
  context: MappingContext,
): Described {
  const place = placeOf(app, context.environments);
  const { name, namespace } = app.metadata;
  const segments = [namespace, name].flatMap(each =>
    each ? encodeURIComponent(each) : [],
  );
  return {
    app,
    context,
    place,
    subject: subjectOf(app, context, place),
    url: `${context.frontendUrl}/applications/${segments.join('/')}`,
  };
}

/** An application by its uid: one that is deleted and made again is another. */
function subjectOf(
  app: Application,
  context: MappingContext,
  place: Place,
): ObservedSubject {
  const { name, namespace, uid, labels } = app.metadata;
  const sources = specSources(app);
  const main = sources.find(({ path }) => path) ?? sources[0];
  const images = (app.status?.summary?.images ?? []).flatMap(
    image => parseImage(image).repository ?? [],
  );
  return {
    key: uid,
    kind: 'application',
    traits: {
      ...(main ? { repositoryUrls: [cleanRepository(main.repoURL)] } : {}),
      ...(main?.path ? { path: main.path.replace(/^(?:\.?\/)+/, '') } : {}),
      application: place.application,
      resource: {
        kind: 'Application',
        name,
        ...(namespace ? { namespace } : {}),
      },
      instance: context.name,
      ...(app.spec.project ? { project: app.spec.project } : {}),
      ...(labels ? { labels } : {}),
      images: [...new Set(images)].sort().slice(0, 100),
    },
  };
}

/** Who asked for a sync; nobody where Argo CD did by itself. */
export function personOf(
  initiator: Initiator,
  context: MappingContext,
): ObservedPerson | undefined {
  const username = initiator?.username?.trim();
  if (!username || initiator?.automated) {
    return undefined;
  }
  // Who signs in through an identity provider is known by the address there;
  // the local users of two instances are two persons.
  return username.includes('@')
    ? { key: username.toLowerCase(), namespace: 'email' }
    : {
        key: `${context.name}/${username}`,
        namespace: 'argocd',
        name: username,
      };
}
