import type { ModelRepository } from '../git/ModelRepository';
import { setConstant } from './applicationFiles';
import type { ServiceSpec } from './ServiceSpec';

/** One source line set by a commit. */
export interface SourceEdit {
  path: string;
  language: ServiceSpec['language'];
  name: string;
  value: number;
}

/** What these edits change on main as it is now. */
export function applyEdits(
  repository: ModelRepository,
  edits: SourceEdit[],
): Map<string, string> {
  const changes = new Map<string, string>();
  for (const edit of edits) {
    const text = changes.get(edit.path) ?? repository.read(edit.path) ?? '';
    changes.set(edit.path, setConstant({ ...edit, text }));
  }
  return changes;
}
