import type { RequestHandler } from 'express';
import { SignalCounters } from '../world/signals/SignalCounters';
import type { World } from '../world/World';
import { familiesOf, seriesText, speaking } from './families';

/** `/metrics`: what the services count now, as Prometheus scrapes it. */
export function createMetricsRoute(options: { world: World }): RequestHandler {
  const { world } = options;
  const families = familiesOf(world);
  let counters: SignalCounters | undefined;
  return (_request, response) => {
    counters ??= SignalCounters.create({ world });
    counters.advanceTo(world.end);
    const told = speaking(world, world.end);
    const services = counters.services.filter(each => told.has(each.service));
    const lines = families.flatMap(family => {
      const name =
        family.type === 'counter' ? `${family.name}_total` : family.name;
      return [
        `# HELP ${name} ${family.help}`,
        `# TYPE ${name} ${family.type}`,
        ...services
          .flatMap(family.samples)
          .map(sample => `${seriesText(sample)} ${sample.value}`),
      ];
    });
    response
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(`${lines.join('\n')}\n`);
  };
}
