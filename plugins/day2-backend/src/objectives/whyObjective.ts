import type { WhyEmpty } from '@day2/backstage-plugin-day2-common';
import { iso } from '../http/range';
import { notReadable } from '../sources/whyEmpty';
import { namesOf } from './measuringSource';
import type { Measurers } from './measurers';
import type { ObjectiveNow } from './objectiveNow';

/** Of an instance of that name, to copy. */
export const prometheusConfig = (name: string) =>
  [
    'day2:',
    '  prometheus:',
    '    instances:',
    `      - name: ${name}`,
    '        url: https://prometheus.example.com',
  ].join('\n');

/** Why an objective is invalid, unmeasured or unknown, and what to do; nothing where it is none of them. */
export function whyObjective(
  now: ObjectiveNow,
  measurers: Measurers,
): WhyEmpty | undefined {
  switch (now.state) {
    case 'invalid':
      return whyInvalid(now);
    case 'unmeasured':
      return whyUnmeasured(now, measurers);
    case 'unknown':
      return now.isStale ? whyStale(now) : whySilent(now);
    default:
      return undefined;
  }
}

function whyInvalid({ definition }: ObjectiveNow): WhyEmpty {
  const { file, line, invalid } = definition;
  const at = line === undefined ? file : `${file}:${line}`;
  const path = invalid?.path ? `${invalid.path}: ` : '';
  return {
    reason: 'nothing-found',
    text: `${at}: ${path}${invalid?.reason ?? 'it is no objective'}`,
    fix: {
      text: 'Correct the file; it is read again by itself',
      docs: 'docs/objectives.md',
    },
  };
}

function whyUnmeasured(
  { definition }: ObjectiveNow,
  measurers: Measurers,
): WhyEmpty {
  const [name] = namesOf(definition);
  const titles = [...measurers.values()].map(({ source }) => source.title);
  const docs = 'docs/prometheus.md';
  if (titles.length === 0) {
    return {
      reason: 'source-not-configured',
      text: 'No Prometheus that could measure it is configured in this portal',
      fix: {
        text: 'Add your Prometheus to app-config.yaml',
        config: prometheusConfig(name ?? 'main'),
        docs,
      },
    };
  }
  return {
    reason: 'source-not-configured',
    text:
      name === undefined
        ? 'It names no Prometheus, and none of those that are configured is the default one'
        : `It is to be measured by ${name}, and no Prometheus of that name is configured in this portal`,
    fix: {
      text:
        name === undefined
          ? 'Name one in metricSourceRef, or make one the default in app-config.yaml'
          : `Name one that is configured, or add ${name} to app-config.yaml`,
      config: prometheusConfig(name ?? 'main'),
      docs,
    },
  };
}

function whyStale(now: ObjectiveNow): WhyEmpty {
  const { measurer, knownTo, refused } = now;
  const source = measurer!.source;
  const { title, error, paused } = source;
  if (error) {
    return notReadable(source, error);
  }
  if (refused) {
    return whyRefused(now, `${title} could not answer its queries`);
  }
  const since = knownTo === undefined ? undefined : iso(knownTo);
  if (paused) {
    return {
      reason: 'not-read-yet',
      text: `${title} is paused: nothing is measured until it goes on`,
      since,
      fix: { text: 'Let it go on, on the Sources page' },
    };
  }
  return knownTo === undefined
    ? {
        reason: 'not-read-yet',
        text: `${title} has not measured it yet; what it counts appears here by itself`,
      }
    : {
        reason: 'source-unreachable',
        text: `${title} has said nothing of it for longer than twice its interval`,
        since,
      };
}

function whyRefused(
  { definition, refused }: ObjectiveNow,
  text: string,
): WhyEmpty {
  const { file, line } = definition;
  return {
    reason: 'nothing-found',
    text: `${text}: ${refused!.reason}`,
    since: iso(refused!.at),
    fix: {
      text: `Correct the queries in ${
        line === undefined ? file : `${file}:${line}`
      }`,
      docs: 'docs/objectives.md',
    },
  };
}

/** Its source answers, and yet it is not known how it stands. */
function whySilent(now: ObjectiveNow): WhyEmpty {
  const { measurer, kept, definition, refused } = now;
  const title = measurer?.source.title;
  if (refused) {
    return whyRefused(now, `What ${title} counts cannot be used`);
  }
  const { progress = 1, figures, lastSlotEnd } = kept ?? {};
  if (progress < 1) {
    return {
      reason: 'not-read-yet',
      text: `Its past is being fetched from ${title}: ${Math.floor(
        progress * 100,
      )} % is here`,
    };
  }
  if (!figures) {
    return {
      reason: 'nothing-found',
      text: 'Its first period has not begun yet',
    };
  }
  const silent = figures.conditions.some(
    ({ short }) => short.kind === 'no data',
  );
  const query = definition.objective?.indicator.total.query ?? '';
  return {
    reason: 'nothing-found',
    text: silent
      ? `${title} answers, but has no data for its queries`
      : `Less than half of what a window needs was measured by ${title}`,
    since: lastSlotEnd === undefined ? undefined : iso(lastSlotEnd),
    fix: {
      text: `See whether the service is scraped, and whether its queries find anything: ${query}`.slice(
        0,
        1000,
      ),
      docs: 'docs/objectives.md',
    },
  };
}
