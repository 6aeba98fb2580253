import type { Config } from '@backstage/config';
import type { EnvironmentRule } from '@day2/backstage-plugin-day2-common';
import {
  isRecord,
  readEnvironments,
  sayUnknownKeys,
  type SayWrong,
} from './configEnvironments';
import { readCatalogFolders } from './configCatalogFolders';
import { readIncidents } from './configIncidents';
import {
  readObjectiveSettings,
  type ObjectiveSettings,
} from './configObjectives';
import type { IncidentSettings } from './incidents/IncidentDeriver';

/** The hub's part of app-config, parsed. */
export interface Day2Config {
  environments: EnvironmentRule[];
  /** Kinds of entities that are services, lower case. */
  serviceKinds: string[];
  /** How the priority of incidents is found. */
  incidents: IncidentSettings;
  objectives: ObjectiveSettings;
  /** Folders on this machine that the catalog reads; files elsewhere are not. */
  catalogFolders: string[];
  /** External base URL of the plugin's API. */
  apiBaseUrl: string;
  /** What is wrong in it: the key, what it should be, and what is done until then. */
  problems: string[];
}

/**
 * Reads what the hub needs; the only place that does. What is wrong is left out
 * and said in `problems`: it never stops the portal.
 */
export function readDay2Config(config: Config): Day2Config {
  const problems: string[] = [];
  const sayWrong: SayWrong = (key, words) => {
    problems.push(`${key} in app-config ${words}`);
  };
  const day2 = recordAt(config.getOptional('day2'), 'day2', sayWrong);
  const services = recordAt(day2.services, 'day2.services', sayWrong);
  sayUnknownKeys({
    entry: services,
    key: 'day2.services',
    known: ['kinds'],
    sayWrong,
  });
  return {
    environments: readEnvironments(day2.environments, sayWrong),
    serviceKinds: readKinds(services.kinds, sayWrong),
    incidents: readIncidents(day2.incidents, sayWrong),
    objectives: readObjectiveSettings(
      recordAt(day2.objectives, 'day2.objectives', sayWrong),
      sayWrong,
    ),
    catalogFolders: readCatalogFolders(config.getOptional('catalog.locations')),
    apiBaseUrl: `${config.getOptionalString('backend.baseUrl') ?? ''}/api/day2`,
    problems,
  };
}

function recordAt(
  value: unknown,
  key: string,
  sayWrong: SayWrong,
): Record<string, unknown> {
  if (value !== undefined && !isRecord(value)) {
    sayWrong(key, 'must hold settings by name; nothing of it is read');
  }
  return isRecord(value) ? value : {};
}

function readKinds(value: unknown, sayWrong: SayWrong): string[] {
  if (value === undefined) {
    return ['component'];
  }
  const listed: unknown[] = Array.isArray(value) ? value : [];
  const kinds = listed.flatMap(kind =>
    typeof kind === 'string' && /^[a-z]+$/i.test(kind)
      ? [kind.toLowerCase()]
      : [],
  );
  if (kinds.length === 0 || kinds.length < listed.length) {
    sayWrong(
      'day2.services.kinds',
      `must be a list of entity kinds, e.g. ['component', 'resource'], or left out for components; until then it is ${
        kinds.join(', ') || 'component'
      }`,
    );
  }
  return kinds.length > 0 ? [...new Set(kinds)] : ['component'];
}
