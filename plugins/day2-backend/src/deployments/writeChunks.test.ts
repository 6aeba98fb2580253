import type { DerivedDeployment } from './DeploymentStore';
import { writeChunks } from './writeChunks';

it.each<[string, number[], number[][]]>([
  ['nothing', [], []],
  ['few', [1, 2, 3], [[1, 2, 3]]],
  ['many', Array(30).fill(0), [Array(25).fill(0), Array(5).fill(0)]],
  ['many commits', [600, 400, 1, 999, 1], [[600, 400], [1, 999], [1]]],
  ['one that is larger than all', [5, 2000, 5], [[5], [2000], [5]]],
])('chunks of %s', (_, sizes, expected) => {
  const deployments = sizes.map(
    size =>
      ({
        commits: Array.from({ length: size }, (_each, i) => ({
          repository: 'r',
          sha: `${i}`,
        })),
      } as DerivedDeployment),
  );
  expect(
    writeChunks(deployments).map(chunk =>
      chunk.map(({ commits }) => commits?.length),
    ),
  ).toEqual(expected);
});
