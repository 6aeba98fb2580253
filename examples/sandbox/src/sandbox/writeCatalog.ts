import { yaml } from '../delivery/yaml';
import type { StateFolder } from '../state/StateFolder';
import { defaultServices } from '../world/defaultServices';
import type { World } from '../world/World';
import { componentOf } from './componentOf';

/**
 * Writes the catalog entities of generated services into
 * `<state>/sandbox/catalog.yaml`; those of the twelve are in examples/catalog.
 */
export async function writeCatalog(options: {
  state: StateFolder;
  world: World;
}): Promise<void> {
  const { state, world } = options;
  const known = new Set(defaultServices().map(spec => spec.name));
  const entities = world.state
    .specs()
    .filter(spec => !known.has(spec.name))
    .map(spec => componentOf(spec));
  await state.write(
    'catalog.yaml',
    entities.length > 0
      ? yaml(...entities)
      : '# Services beyond the twelve of examples/catalog: none in this world.\n',
  );
}
