import { useText } from '../translation';
import { Row } from './layout';
import { Note } from './Note';
import { useStale } from './StaleScope';
import { StateChip } from './StateChip';
import { AgoText } from './TimeText';

/** How old what is shown is; where it is not current, that first of all. */
export function AsOf(props: { at?: string }) {
  const t = useText();
  const stale = useStale();
  const age =
    props.at === undefined ? (
      t('kit.asOfNever')
    ) : (
      <>
        {t('kit.asOf')} <AgoText at={props.at} />
      </>
    );
  if (!stale) {
    return <Note>{age}</Note>;
  }
  return (
    <Row gap="small">
      <StateChip tone="attention" icon="old" word={t('kit.staleWord')} />
      <strong>{age}</strong>
    </Row>
  );
}
