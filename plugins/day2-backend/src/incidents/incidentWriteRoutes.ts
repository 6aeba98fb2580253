import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import type { Handlers } from '../http/Handlers';
import type { IncidentWrites } from './IncidentWrites';
import type { OverrideBody } from './saidStore';

/** What people say of incidents. */
export function incidentWriteRoutes(options: {
  writes: IncidentWrites;
}): Pick<
  Handlers,
  'sayOfIncident' | 'groupIncident' | 'judgeSuspect' | 'takeBackOfIncident'
> {
  const { writes } = options;
  return {
    async sayOfIncident({ params, body, credentials }) {
      const { why, ...said } = body;
      return await writes.say({
        ...sayingOf(params.id, credentials, why),
        word: wordOf(said),
      });
    },

    async groupIncident({ params, body, credentials }) {
      const saying = sayingOf(params.id, credentials, body.why);
      return body.kind === 'together'
        ? await writes.merge({ ...saying, with: body.with })
        : await writes.split({ ...saying, references: body.references });
    },

    async judgeSuspect({ params, body, credentials }) {
      return await writes.judge({
        ...sayingOf(params.id, credentials, body.why),
        candidateId: body.candidate,
        verdict: body.verdict,
      });
    },

    async takeBackOfIncident({ params, body, credentials }) {
      return await writes.takeBack({
        ...sayingOf(params.id, credentials, body.why),
        said: body.said,
      });
    },
  };
}

function sayingOf(
  id: string,
  credentials: BackstageCredentials,
  why: string | undefined,
) {
  // The contract lets users alone.
  const { userEntityRef } = credentials.principal as BackstageUserPrincipal;
  return { id, credentials, userRef: userEntityRef, why };
}

/** Instants as epoch milliseconds. */
function wordOf(body: {
  field: OverrideBody['field'];
  value?: string | number;
}): OverrideBody {
  const { field, value } = body;
  const isInstant = field.endsWith('At');
  return {
    field,
    ...(value === undefined
      ? {}
      : { value: isInstant ? Date.parse(String(value)) : value }),
  } as OverrideBody;
}
