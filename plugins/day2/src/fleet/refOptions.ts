import { nameOf } from './nameOf';

/**
 * Owners or systems to choose from, by name, after one for all of them. What
 * is chosen is among them even where nobody has it, or it is not loaded yet.
 */
export function refOptions(options: {
  refs?: string[];
  chosen?: string;
  all: string;
}): { value: string; label: string }[] {
  const { all, chosen, refs = [] } = options;
  const known = chosen && !refs.includes(chosen) ? [chosen, ...refs] : refs;
  return [
    { value: '', label: all },
    ...known.map(ref => ({ value: ref, label: nameOf(ref) })),
  ];
}
