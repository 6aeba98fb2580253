import { CodeFlow } from './CodeFlow';
import { ConfigurationFlow } from './ConfigurationFlow';
import { DeliveryFlow } from './DeliveryFlow';
import { Pipeline } from './Pipeline';
import { Interference } from './sync/Interference';
import { SyncFlow } from './sync/SyncFlow';
import type { WorldState } from './WorldState';

/** Everything that can change a world. */
export interface Flows {
  world: WorldState;
  code: CodeFlow;
  delivery: DeliveryFlow;
  pipeline: Pipeline;
  configuration: ConfigurationFlow;
  sync: SyncFlow;
  interference: Interference;
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
  const sync = SyncFlow.create({ world });
  const interference = Interference.create({ world, sync });
  return {
    world,
    code,
    delivery,
    pipeline,
    configuration,
    sync,
    interference,
  };
}
