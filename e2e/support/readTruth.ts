import type { Truth } from '@day2/sandbox';
import type { World } from './startWorld';

/** What is true of the simulated company. */
export async function readTruth(world: World): Promise<Truth> {
  const response = await fetch(`${world.sandbox?.url}/world/truth`);
  if (!response.ok) {
    throw new Error(`The sandbox does not tell the truth: ${response.status}`);
  }
  return (await response.json()) as Truth;
}
