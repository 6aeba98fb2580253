import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { plainLine } from '@day2/backstage-plugin-day2-common';
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
  // It goes into notifications as the words of tools do.
  const reason = why && plainLine(why);
  return { id, credentials, userRef: userEntityRef, why: reason || undefined };
}

/** Instants as epoch milliseconds. */
function wordOf(body: {
  field: OverrideBody['field'];
  value?: string | number;
}): OverrideBody {
  const { field, value } = body;
  const isInstant = field.endsWith('At');
  if (field === 'title') {
    const title = plainLine(String(value));
    if (title === '') {
      throw new InputError('body.value: is empty; say what it is called');
    }
    return { field, value: title };
  }
  return {
    field,
    ...(value === undefined
      ? {}
      : { value: isInstant ? Date.parse(String(value)) : value }),
  } as OverrideBody;
}
