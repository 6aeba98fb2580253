import { CodeFlow } from './CodeFlow';
import { ConfigurationFlow } from './ConfigurationFlow';
import { DeliveryFlow } from './DeliveryFlow';
import { Pipeline } from './Pipeline';
import type { WorldState } from './WorldState';

/** Everything that can change a world. */
export interface Flows {
  world: WorldState;
  code: CodeFlow;
  delivery: DeliveryFlow;
  pipeline: Pipeline;
  configuration: ConfigurationFlow;
}

/** Wires the flows of a world to each other. */
export function createFlows(world: WorldState): Flows {
  const delivery = DeliveryFlow.create({ world });
  const pipeline = Pipeline.create({ world, delivery });
  const code = CodeFlow.create({
    world,
    onBuild: build => pipeline.onBuild(build),
  });
  const configuration = ConfigurationFlow.create({ world });
  return { world, code, delivery, pipeline, configuration };
}
