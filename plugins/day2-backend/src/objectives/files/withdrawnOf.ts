import type { WithdrawnObservation } from '@day2/backstage-plugin-day2-node';
import type { FoundFile } from './FoundFile';
import type { ObjectiveEntity } from './objectiveEntity';

/**
 * What was said of an entity before and surely is no more: of files that were
 * read to their end, and of those that its annotation names no more. A file that
 * is not there may be one that the portal may not see any more: such are left to
 * the listing, which removes nothing where much is gone at once.
 */
export function withdrawnOf(options: {
  entity: ObjectiveEntity;
  files: Map<string, FoundFile>;
  /** Keys without the ref. */
  gone: string[];
}): WithdrawnObservation[] {
  const { entity, files, gone } = options;
  const found = [...files];
  const isOf = (name: string, path: string) =>
    name.startsWith(`${path}#`) || name.startsWith(`${path}/`);
  return gone.flatMap((name): WithdrawnObservation[] => {
    const [, file] = found.find(([path]) => isOf(name, path)) ?? [];
    const isGone = file
      ? file.kind === 'text' || file.kind === 'refused'
      : entity.named !== undefined;
    return isGone
      ? [
          {
            kind: 'withdrawn',
            keyPrefix: `${entity.ref}#${name}`,
            reason: 'its file has it no more',
          },
        ]
      : [];
  });
}
