import type { ServiceSignals } from '../world/signals/SignalCounters';
import { isTimed } from '../world/signals/objectives';
import { isSilent } from '../world/signals/traffic';
import type { World } from '../world/World';

/** Which series the services are scraped under: the same before and after a start. */
export const job = 'tern';
export const instance = 'sandbox';

/** A family of metrics, as its exposition begins. */
export interface Family {
  name: string;
  type: 'counter' | 'histogram';
  help: string;
  /** What it tells of a service. */
  samples(signals: ServiceSignals): Sample[];
}

interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** What the services of the company tell of themselves. */
export function familiesOf(world: World): Family[] {
  const timed = new Set(
    world.state
      .specs()
      .filter(isTimed)
      .map(({ name }) => name),
  );
  const labelsOf = (service: string) => ({
    service,
    environment: 'production',
  });
  const duration = 'http_request_duration_seconds';
  return [
    {
      name: 'http_requests',
      type: 'counter',
      help: 'Requests answered, by status code.',
      samples: ({ service, requests, errors }) => [
        {
          name: 'http_requests_total',
          labels: { ...labelsOf(service), code: '200' },
          value: requests - errors,
        },
        {
          name: 'http_requests_total',
          labels: { ...labelsOf(service), code: '500' },
          value: errors,
        },
      ],
    },
    {
      name: duration,
      type: 'histogram',
      help: 'How long requests took.',
      samples: ({ service, requests, slow }) =>
        timed.has(service)
          ? [
              {
                name: `${duration}_bucket`,
                labels: { ...labelsOf(service), le: '0.3' },
                value: requests - slow,
              },
              {
                name: `${duration}_bucket`,
                labels: { ...labelsOf(service), le: '+Inf' },
                value: requests,
              },
              {
                name: `${duration}_count`,
                labels: labelsOf(service),
                value: requests,
              },
            ]
          : [],
    },
  ];
}

/** The services that tell something of themselves at that instant. */
export function speaking(world: World, at: number): Set<string> {
  const { start } = world.state;
  return new Set(
    world.state
      .specs()
      .filter(spec => !isSilent({ start, spec, at }))
      .map(({ name }) => name),
  );
}

/** `name{label="value"}` */
export function seriesText(
  sample: Sample,
  more: Record<string, string> = {},
): string {
  const labels = Object.entries({ ...sample.labels, ...more })
    .map(([name, value]) => `${name}="${value}"`)
    .join(',');
  return `${sample.name}{${labels}}`;
}
