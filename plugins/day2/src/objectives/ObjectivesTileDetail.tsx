import {
  ObjectiveStateWord,
  type Tile,
} from '@day2/backstage-plugin-day2-common';
import { useText } from '../translation';
import { Note } from '../ui';

/** Of how many objectives the tile is, how they stand, and the worst in words. */
export function ObjectivesTileDetail(props: {
  tile: Pick<Tile, 'detail' | 'figures'>;
}) {
  const t = useText();
  const { detail, figures } = props.tile;
  // The backend counts by the words of states, which are shown in ours.
  const counts = figures.flatMap(({ unit, value }) => {
    const state = ObjectiveStateWord.safeParse(unit).data;
    return state && value ? { state, value } : [];
  });
  return (
    <>
      {detail && <Note>{detail}</Note>}
      {counts.length > 0 && (
        <Note>
          {counts
            .map(({ state, value }) =>
              t('objective.counted', {
                n: String(value),
                state: t(`objective.words.${state}`),
              }),
            )
            .join(', ')}
        </Note>
      )}
    </>
  );
}
