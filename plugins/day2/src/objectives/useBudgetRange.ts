import { customRange, type RangeChoice } from '../time';
import { useQueryPatch } from '../url';

/**
 * The time that an objective's budget chart shows, held by the address, so that
 * a link shows a colleague the same: `budget=<from>/<to>/<id>`, of one objective
 * at a time.
 *
 * @returns `asked` is absent where the whole period is shown; `choose` without a
 * range goes back to it
 */
export function useBudgetRange(objectiveId: string) {
  const { query, patch } = useQueryPatch();
  const [from = '', to = '', ...id] = (query.get('budget') ?? '').split('/');
  const range =
    id.join('/') === objectiveId ? customRange({ from, to }) : undefined;
  const asked = range?.preset === 'custom' ? range : undefined;
  const choose = (choice?: RangeChoice) =>
    patch({
      budget:
        choice?.preset === 'custom'
          ? [choice.from, choice.to, objectiveId].join('/')
          : undefined,
    });
  return { asked, choose };
}
