import type {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import type { Handlers } from '../http/Handlers';
import type { ServiceOwnership } from '../permissions/ServiceOwnership';
import { parseServiceEvent } from './cdevents';
import { observationFromInput, userActor } from './observationFromInput';
import type { PostedDeployments } from './PostedDeployments';

/** What is posted by pipelines that no GitOps reconciler serves. */
export function postRoutes(options: {
  posted: PostedDeployments;
  ownership: ServiceOwnership;
  /** Kinds of entities that are services. */
  kinds: string[];
  now: () => number;
}): Pick<Handlers, 'createDeployment' | 'createEvent'> {
  const { posted, ownership, kinds, now } = options;
  return {
    async createDeployment({ body, credentials, idempotencyKey }) {
      const service = await ownership.requireWritable({
        refs: [body.service],
        credentials,
      });
      return await posted.take({
        credentials,
        idempotencyKey,
        body,
        observation: key =>
          observationFromInput({
            input: body,
            service,
            key,
            userRef: userOf(credentials),
            now: now(),
          }),
      });
    },

    async createEvent({ body, credentials }) {
      const event = parseServiceEvent({ event: body, kinds, now: now() });
      const service = await ownership.requireWritable({
        refs: event.serviceRefs,
        credentials,
      });
      return await posted.take({
        credentials,
        idempotencyKey: event.idempotencyKey,
        body,
        observation: key => {
          const userRef = userOf(credentials);
          return {
            ...event.observation(service, key),
            ...(userRef === undefined ? {} : { actor: userActor(userRef) }),
          };
        },
      });
    },
  };
}

function userOf(credentials: BackstageCredentials): string | undefined {
  const principal = credentials.principal as
    | BackstageUserPrincipal
    | BackstageServicePrincipal;
  return principal.type === 'user' ? principal.userEntityRef : undefined;
}
